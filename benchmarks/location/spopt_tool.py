"""spopt's own models with PuLP's CBC, run by the Python of spopt's environment: an instance's file in, JSON out."""

import json
import resource
import sys
import time

import numpy as np
import pulp  # type: ignore[import-not-found]
from spopt.locate import LSCP, MCLP, PMedian  # type: ignore[import-not-found]

_MODELS = {"median": PMedian, "cover": MCLP, "fewest": LSCP}


def main() -> None:
    """Solve the instance of a file within so many seconds; print sites, who goes where, the bound if optimal."""
    kept, seconds = np.load(sys.argv[1]), float(sys.argv[2])
    objective = str(kept["objective"])
    began = time.perf_counter()
    asked = {"cost_matrix": kept["distance"]}
    if objective != "fewest":
        asked |= {"weights": kept["demand"], "p_facilities": int(kept["p"])}
    if objective != "median":
        asked["service_radius"] = int(kept["radius"])
    model = _MODELS[objective].from_cost_matrix(**asked)
    solver = pulp.PULP_CBC_CMD(msg=False, timeLimit=seconds, threads=2, gapRel=0.0)
    model.problem.solve(solver)
    taken = time.perf_counter() - began
    found = model.problem.sol_status in (pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible)
    sites = [j for j, each in enumerate(model.fac_vars) if found and (each.value() or 0) > 0.5]
    memory = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024
    proved = found and model.problem.sol_status == pulp.LpSolutionOptimal
    json.dump({"sites": sites if found else None, "proved": proved, "seconds": taken, "megabytes": memory}, sys.stdout)


main()
