"""A small case as files, for tests of reading: every test replaces or adds only the files it is about."""

from pathlib import Path

from matcher.intake.case import Reading, read_case
from models.case import Case
from models.finding import Finding, Severity

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
HOMES = "home_id,provider_id,kind,sector,postcode,approved_places,weekly_fee\n"
REFERRALS = "referral_id,child_id,received,needed_by,urgency,reason"
PLACEMENTS = "child_id,home_id,started\n"
CHILDREN = "child_id,solo,alongside,religion"
OPEN = "01/02/2017,S,C2,N1,U6,PR1,,,,SG13 8DQ,AL1 3JE,SC000001"
FILES = {
    "case.toml": 'name = "Test"\nauthority = "E10000015"\nas_at = 2018-03-31\nsynthetic = true\n',
    "ssda903/2018/header.csv": HEADER
    + "C1,1,14/05/2006,WBRI,A1,,\n"
    + "C2,2,15/06/2010,BAFR,A2,,\n"
    + "C3,2,01/01/2005,WBRI,A3,,\n",
    "ssda903/2018/episodes.csv": EPISODES
    + f"C1,{OPEN}\n"
    + f"C2,{OPEN}\n"
    + "C3,01/02/2016,S,V2,N1,U6,PR1,01/05/2017,E4A,CARPL,SG13 8DQ,AL1 3JE,SC000001\n",
    "homes.csv": HOMES + "H1,P1,foster,in_house,AL1 3JE,2,414\n" + "H2,P2,residential,private,WD17 3EX,3,3810\n",
    "placements.csv": PLACEMENTS + "C1,H1,01/02/2017\nC2,H1,01/02/2017\n",
    "providers.csv": "provider_id,provider_name,sector\nP1,The council,in_house\nP2,A company,private\n",
}
MESSY: dict[str, str | bytes | None] = {
    "referrals.csv": f"{REFERRALS}\nR1,C1,01/03/2018,20/04/2018,planned,placement_ending\n",
    "homes.csv": FILES["homes.csv"] + "H9,P1,castle,in_house,AL1 3JE,2,414\n",
    "policy.toml": "surplus_per_tenth = 7\n",
    "notes.csv": "nothing,of,use\n1,2,3\n",
}
"""A referral, a home that is set aside, a price of the council's own, and a file that is none of ours."""


def write_case(folder: Path, files: dict[str, str | bytes | None] | None = None, **named: str | bytes | None) -> Path:
    """Write the small case; ``files`` (or ``homes=...`` for homes.csv) replace its files, None takes one away."""
    wanted: dict[str, str | bytes | None] = {**FILES, **(files or {})}
    wanted |= {f"{name}.csv": content for name, content in named.items()}
    for name, content in wanted.items():
        if content is None:
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def read(folder: Path, files: dict[str, str | bytes | None] | None = None, **named: str | bytes | None) -> Reading:
    """Write the small case with some files replaced, and read it."""
    return read_case(write_case(folder, files, **named))


def read_episodes(folder: Path, *rows: str) -> Reading:
    """Read the small case with other episodes."""
    return read(folder, {"ssda903/2018/episodes.csv": EPISODES + "".join(f"{row}\n" for row in rows)})


def case_of(reading: Reading) -> Case:
    """The case of a reading that must have one."""
    assert reading.case is not None, [finding.message for finding in reading.findings]
    return reading.case


def found(reading: Reading, code: str) -> list[Finding]:
    """The findings of one sort."""
    return [finding for finding in reading.findings if finding.code == code]


def one(reading: Reading, code: str) -> Finding:
    """The only finding of one sort."""
    findings = found(reading, code)
    assert len(findings) == 1, (code, [(f.code, f.file, f.row, f.message) for f in reading.findings])
    return findings[0]


def aside(reading: Reading) -> set[tuple[str, str]]:
    """What was set aside: kind of record and name."""
    return {(record.what, record.id) for record in reading.set_aside}


def serious(reading: Reading) -> list[Finding]:
    """Errors and warnings."""
    return [finding for finding in reading.findings if finding.severity is not Severity.NOTE]
