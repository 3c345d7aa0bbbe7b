"""The young people's copy: two pages in plain words. Every figure in it is from the public copy."""

from matcher.reports.document import Block, Bullets, Fact, Facts, Heading, Paragraph, Section
from matcher.reports.statement.copies import Copy
from matcher.services.statement.statement import Statement


def for_young_people(statement: Statement, copy: Copy) -> tuple[Section, ...]:
    """Where children live now, and what the council has found it must do better."""
    return (
        Section("now", "Where children live now", _now(copy)),
        Section("next", "What happens next", _next(statement)),
    )


def _now(copy: Copy) -> tuple[Block, ...]:
    here = copy.percent_words("locality", "in_area")
    family = copy.percent_words("living", "in_house_and_connected_fostering")
    return (
        Paragraph(
            "When children cannot live with their own family, the council must find them a good home. The law says "
            "there should be enough homes, near where they come from. Every year the council "
            "checks. This is what it found."
        ),
        Facts(
            (
                Fact(copy.words("age"), "children and young people are looked after by the council"),
                Fact(here, "of them live in the council's own area"),
                Fact(family, "live with foster carers of the council, or with family or friends"),
            )
        ),
        Heading("What works"),
        Paragraph(
            "Most children live with a family. Many live with their brothers and sisters, stay at the same school, and "
            "can see the people who matter to them."
        ),
        Heading("What does not work well enough"),
        Bullets(
            (
                f"{copy.percent_words('locality', 'at_a_distance')} live far away: further than the "
                "areas next to ours.",
                "Some children have had to move more than they should. Moving too often makes it hard to feel at home.",
                "Some brothers and sisters live apart although they want to live together.",
                "For some there is no home yet that fits what they need.",
            )
        ),
    )


def _next(statement: Statement) -> tuple[Block, ...]:
    del statement
    return (
        Paragraph(
            "To check, a computer compared what each child needs with what each home can do. It does not decide where "
            "anybody lives. People decide, and they must ask you first."
        ),
        Heading("What the council will do"),
        Bullets(
            (
                "Look for more foster carers for the children who wait longest.",
                "Try to find homes nearer to school, family and friends.",
                "Keep brothers and sisters together whenever that is right for them.",
                "Ask children what they think, and write down what they say.",
            )
        ),
        Heading("Your rights"),
        Bullets(
            (
                "You have a right to say what you want, and to be listened to.",
                "Before you move, somebody must talk with you about it, unless it is an emergency.",
                "You can ask for an advocate: a person on your side who helps you to be heard.",
                "If you are unhappy about where you live, you can complain. Nobody may be cross with you for it.",
            )
        ),
        Heading("Who to talk to"),
        Paragraph(
            "Your social worker, your independent reviewing officer or a carer you trust. You can also call Childline "
            "on 0800 1111, at any time, for free."
        ),
    )
