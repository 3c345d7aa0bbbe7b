"""One contender on one frozen instance, in a process of its own: its plan judged, its bound, seconds, peak memory."""

import multiprocessing
import pickle
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numpy as np

from benchmarks.assignment.answer import Answer, Point, Task
from benchmarks.assignment.contenders import CONTENDERS
from benchmarks.assignment.instances import Instance, draw
from benchmarks.assignment.judge import BrokenPlanError, cost_of
from benchmarks.assignment.placewell import Counted
from benchmarks.scoring.runs import apart
from solvers import AssignmentProblem

_P = ParamSpec("_P")
_T = TypeVar("_T")
_GRACE = 60.0


@dataclass(frozen=True)
class Run:
    """What was measured; pence a week.

    Attributes:
        contender: Who.
        given: Seconds it was given.
        seconds: Seconds it took, stating its model included; None where it gave no answer.
        megabytes: The most memory its process held, the instance included, and the most any process of its own did.
        objective: What its plan costs, judged; None without one.
        charges: The part of that charged for children without a home and for groups apart.
        unplaced: Children without a home.
        bound: What it says no plan can cost less than; None where it says nothing.
        covers: The pairs the bound holds for: ``all pairs`` or ``shortlist``.
        status: ``optimal``, ``feasible``, ``no plan``, or why there is nothing.
        calls: How often it asked the kernel for pairs.
        passes: For how many children, over how many there are; and one for the pairs listed at first.
        pairs_found: Pairs the kernel gave it.
        pricing_seconds: What that took, part of ``seconds``.
        progress: How objective and bound came closer.
    """

    contender: str
    given: float
    status: str
    seconds: float | None = None
    megabytes: int | None = None
    objective: int | None = None
    charges: int = 0
    unplaced: int | None = None
    bound: int | None = None
    covers: str = "all pairs"
    calls: int = 0
    passes: float = 1.0
    pairs_found: int = 0
    pricing_seconds: float = 0.0
    progress: list[Point] = field(default_factory=list)


def freeze(folder: Path, size: str, ratio: float, groups: bool, children: int | None = None) -> dict[str, Any]:
    """Draw an instance, list its pairs and keep both in a folder.

    Returns:
        Its facts: ``name``, ``size``, ``ratio``, ``groups`` (how many), ``children``, ``homes``, ``places``, ``pairs``
        listed, ``cells`` of a table of children by places and by children, ``priced`` (whether only a shortlist is
        listed) and ``listing_seconds``.
    """
    instance = draw(size, ratio, groups=groups, children=children)
    started = time.perf_counter()
    problem = instance.problem
    seconds = time.perf_counter() - started
    (folder / "problem").write_bytes(pickle.dumps((problem, instance.encoded.arrays.rows["day"].copy())))
    (folder / "instance").write_bytes(pickle.dumps(replace(instance)))
    return {
        "name": instance.name, "size": size, "ratio": ratio, "groups": len(instance.groups),
        "children": instance.children, "homes": instance.homes, "places": instance.places,
        "pairs": problem.child.size, "cells": instance.children * (instance.places + instance.children),
        "priced": instance.priced, "listing_seconds": seconds,
    }  # fmt: skip


def run(folder: Path, name: str, seconds: float, priced: bool) -> Run:
    """Run a contender on the instance kept in a folder and judge its plan, each in a process of its own.

    One that is not done a minute after twice its time is ended.
    """
    most = 2 * seconds + _GRACE
    try:
        answer, found = apart_within(most, _measure, folder, name, seconds, priced)
    except (TimeoutError, ChildProcessError) as error:
        return Run(name, seconds, str(error))
    covers = "all pairs" if answer.all_pairs or not priced else "shortlist"
    found = replace(found, bound=answer.bound, covers=covers, progress=answer.progress)
    if answer.place_of is None:
        return found
    try:
        objective, charges, unplaced = apart(_judge, folder, answer)
    except BrokenPlanError as error:
        return replace(found, status=f"broken plan: {error}")
    status = "optimal" if objective == answer.bound and covers == "all pairs" else "feasible"
    return replace(found, status=status, objective=objective, charges=charges, unplaced=unplaced)


def _measure(folder: Path, name: str, seconds: float, priced: bool) -> tuple[Answer, Run]:
    contender = CONTENDERS[name]
    solve = contender.load()
    solve(_small_task())
    problem, day = pickle.loads((folder / "problem").read_bytes())  # noqa: S301 - written by `freeze`
    price = _laid_out(folder) if priced and contender.prices else None
    started = time.perf_counter()
    answer = solve(Task(problem, day, seconds, price))
    taken = time.perf_counter() - started
    peak = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024
    found = Run(name, seconds, "no plan", taken, peak)
    if price is None:
        return answer, found
    return answer, replace(
        found,
        calls=price.calls,
        passes=1 + price.children / problem.children,
        pairs_found=price.pairs,
        pricing_seconds=price.seconds,
    )


def _small_task() -> Task:
    """Two brothers, another child and two homes, to load whatever is loaded at the first use."""
    problem = AssignmentProblem.from_dense([[1, 2], [2, 1], [1, 1]], [2, 1], groups=[[0, 1]], unplaced=9, apart=3)
    return Task(problem, np.zeros(3, np.int64), 10.0)


def _laid_out(folder: Path) -> Counted:
    """The kernel for the instance, compiled and with its homes laid out, as they stay from one plan to the next."""
    instance = _kept(folder)
    children, homes = np.zeros(instance.children, np.int64), np.zeros(instance.homes, np.int64)
    instance.price(children, homes, 0)
    return Counted(instance.price)


def _judge(folder: Path, answer: Answer) -> tuple[int, int, int]:
    if answer.place_of is None:
        raise ValueError("there is no plan to judge")
    return cost_of(_kept(folder), answer.place_of)


def _kept(folder: Path) -> Instance:
    instance: Instance = pickle.loads((folder / "instance").read_bytes())  # noqa: S301 - written by `freeze`
    return instance


def apart_within(most: float, function: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """As `apart`, but ended after so many seconds.

    Raises:
        TimeoutError: It was.
        ChildProcessError: The process ended before that without an answer, as one does that runs out of memory.
    """
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_tell, args=(sender, partial(function, *args, **kwargs)))
    process.start()
    sender.close()
    try:
        if not receiver.poll(most):
            raise TimeoutError(f"no answer in {most:,.0f} s")
        answer: _T = receiver.recv()
    except EOFError:
        raise ChildProcessError("broke down") from None
    else:
        return answer
    finally:
        process.kill()
        process.join()


def _tell(sender: Connection, function: Callable[[], object]) -> None:
    sender.send(function())
