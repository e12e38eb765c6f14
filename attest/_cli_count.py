"""The commands ``attest count …``: exact counts, resumable jobs, estimates."""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from attest._command import AsJson, Seed, console, emit, writable
from attest._counting import compiling, executor_of, plain_errors, progress_lines, working

if TYPE_CHECKING:
    from numerics.capacity import CountJob, ThresholdCount

app = typer.Typer(no_args_is_help=True, help="Count functions exactly, or estimate their number.")

# What is out of range is said by the functions below, with the value.
Inputs = Annotated[int, typer.Option("--n", help="Number of inputs.")]
Degree = Annotated[int, typer.Option(help="Degree of the polynomial.")]
# Above this many inputs a count takes long enough for tasks, processes and a checkpoint to be worth it.
DIRECT = 8
COUNTED = 10
LISTS = (".jsonl", ".npz")


def _progress_line(job: "CountJob") -> str:
    done = job.finished / job.tasks
    left = job.cpu_seconds_left
    ahead = f", about {left / 3600:.1f} CPU hours left" if left > 7200 else f", about {left:.0f} CPU seconds left"
    return f"{job.finished}/{job.tasks} tasks ({done:.1%}){ahead if job.finished else ''}"


@app.command("threshold")
def count_threshold(
    n: Inputs,
    degree: Degree = 1,
    jobs: Annotated[int, typer.Option(help="Worker processes.")] = 1,
    checkpoint: Annotated[Path | None, typer.Option(help="File to go on from and to keep the state in.")] = None,
    executor: Annotated[str | None, typer.Option(help="Running cluster, dask://HOST:PORT.")] = None,
    depth: Annotated[int | None, typer.Option(help="2^depth tasks [default: by n].")] = None,
    classes: Annotated[
        Path | None,
        typer.Option(
            help="List the classes in this .jsonl or .npz file too; for n > 8 those of 1000 random walks, with chances."
        ),
    ] = None,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Count the threshold functions of n inputs: exact, in integer arithmetic."""
    from numerics.capacity import count_threshold_functions, count_threshold_job
    from numerics.capacity.engine import warm_up
    from numerics.capacity.engine_cone import check_int

    sys.set_int_max_str_digits(0)  # of the highest degrees there are more than 4300 digits
    options = {
        "--checkpoint": checkpoint,
        "--executor": executor,
        "--depth": depth,
    }
    options |= {"--jobs": jobs} if jobs != 1 else {}
    wanted = [name for name, value in options.items() if value is not None]
    here = f"what was finished is in {checkpoint}, and the same command goes on from there"
    with plain_errors(here if checkpoint else "nothing is kept without --checkpoint"):
        if degree == 1:
            check_int("n", n, 0, COUNTED, "`attest count estimate` goes further")
        if wanted and (degree != 1 or n < 2):
            raise ValueError(f"{', '.join(wanted)}: a job is for degree 1 and n >= 2, got degree={degree}, n={n}")
        if executor is not None and jobs != 1:
            raise ValueError(f"--jobs starts processes here, of which --executor leaves none, got --jobs {jobs}")
        if checkpoint is not None and checkpoint.suffix in LISTS:
            raise ValueError(f"--checkpoint must not end in {' or '.join(LISTS)} as lists do, got {checkpoint.name!r}")
        if classes is not None:
            _must_be_listable(classes, n, degree)
        if (n, degree, checkpoint) == (COUNTED, 1, None):
            console(stderr=True).print("attest count: nothing is kept without --checkpoint", soft_wrap=True)
        if degree == 1:
            with working("loading the search"):
                warm_up()
        started = time.perf_counter()
        if wanted or (degree == 1 and n > DIRECT):
            with executor_of(executor) as pool, progress_lines(f"T({n},1)") as show:
                job = count_threshold_job(
                    n,
                    depth=depth,
                    checkpoint=checkpoint,
                    executor=pool,
                    jobs=jobs,
                    save_every=2.0 if n < 10 else 10.0,
                    progress=lambda state: show(_progress_line(state)),
                )
            found = job.result()
        else:
            with progress_lines(f"T({n},{degree})") as show, compiling(show):
                found = count_threshold_functions(n, degree, progress=lambda part: show(f"{part:.0%} done"))
        seconds = time.perf_counter() - started
        if as_json:
            emit(_as_json(found, seconds))
        else:
            console().print(f"T({n},{degree}) = {found.count}", soft_wrap=True)
            if found.group != "none":
                console().print(f"{found.classes} classes under {found.group}, {seconds:.2f} s", soft_wrap=True)
        if classes is not None:  # after the count is out: it may have taken hours
            listed = _list_classes(classes, n, seed)
            console(stderr=as_json).print(f"{listed} classes written to {classes}", soft_wrap=True)


def _as_json(found: "ThresholdCount", seconds: float) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "n": found.n,
        "degree": found.degree,
        "count": str(found.count),
        "classes": str(found.classes),
        "group": found.group,
        "certified": found.certified,
        "seconds": round(seconds, 3),
    }
    if found.histogram:
        shown["histogram"] = [str(cells) for cells in found.histogram]
        shown["null_classes"] = str(found.null_classes)
        shown["input_classes"] = str(found.input_classes())
        shown["input_classes_with_complement"] = str(found.input_classes(complement=True))
    return shown


def _must_be_listable(classes: Path, n: int, degree: int) -> None:
    """ValueError where no list could be written, before anything is counted."""
    if classes.suffix not in LISTS:
        raise ValueError(f"--classes must end in {' or '.join(LISTS)}, got {classes.name!r}")
    if degree != 1 or n < 2:
        raise ValueError(f"classes are listed for degree 1 and n >= 2, got degree={degree}, n={n}")
    with writable(classes):
        pass


def _list_classes(classes: Path, n: int, seed: int) -> int:
    from numerics.capacity import save_sampled_classes, save_threshold_classes

    with working("writing classes"):
        return save_threshold_classes(classes, n) if n <= DIRECT else save_sampled_classes(classes, n, 1000, rng=seed)


@app.command("gated")
def count_gated(
    n: Inputs,
    mechanism: Annotated[str, typer.Option(help="output, synaptic, all_synapses or multiplexing.")] = "output",
    gate_values: Annotated[str, typer.Option(help="pm1, 01 or mixed.")] = "pm1",
    inputs: Annotated[str, typer.Option(help="pm1 or 01.")] = "pm1",
    bias: Annotated[
        str | None, typer.Option(help="With all_synapses: gated (default), ungated, gate_only or none.")
    ] = None,
    gates: Annotated[int, typer.Option(help="Number of gates.")] = 1,
    synapses: Annotated[int, typer.Option(help="Number of gated synapses.")] = 1,
    method: Annotated[str, typer.Option(help="Route to take; auto picks one.")] = "auto",
    max_memory: Annotated[int, typer.Option(help="Bytes that may be used.")] = 2**31,
    as_json: AsJson = False,
) -> None:
    """Count the functions of n inputs that one threshold gate computes under gating by others."""
    from numerics.capacity import count_gated as count

    with plain_errors(), progress_lines(f"functions of {n} inputs, mechanism {mechanism}") as show, compiling(show):
        found = count(
            n,
            mechanism,
            gate_values=gate_values,
            inputs=inputs,
            bias=bias,
            gates=gates,
            synapses=synapses,
            method=method,
            max_memory=max_memory,
            progress=lambda part: show(f"{part:.0%} done"),
        )
    if as_json:
        emit(
            {
                "n": n,
                "mechanism": mechanism,
                "convention": found.convention,
                "count": str(found.count),
                "by_ones": [str(v) for v in found.by_ones],
                "method": found.method,
            }
        )
        return
    console().print(f"{found.count} functions by {found.method}: {found.convention}", soft_wrap=True)


@app.command("estimate")
def count_estimate(
    n: Inputs,
    degree: Degree = 1,
    samples: Annotated[int | None, typer.Option(help="Random walks [default: 4000, degree 2: 200].")] = None,
    seed: Seed = 0,
    confidence: Annotated[float, typer.Option(help="Level of the interval.")] = 0.95,
    as_json: AsJson = False,
) -> None:
    """Estimate the number of threshold functions, with a confidence interval."""
    from numerics.capacity import estimate_threshold_functions

    with plain_errors(), progress_lines(f"T({n},{degree}), random walks") as show, compiling(show):
        found = estimate_threshold_functions(
            n,
            degree,
            samples=samples,
            confidence=confidence,
            rng=seed,
            progress=lambda done, of: show(f"{done}/{of} random walks"),
        )
    if as_json:
        emit({**found.__dict__, "log2": list(found.log2), "seed": seed, "label": "estimate"})
        return
    low, middle, high = found.log2
    out = console()
    out.print(f"estimate: T({n},{degree}) = {found.mean:.4g}, {found.low:.4g} to {found.high:.4g} ({confidence:.0%})")
    out.print(f"capacity {middle:.3f} bits, {low:.3f} to {high:.3f}; {found.samples} samples, seed {seed}")


@app.command("status")
def count_status(
    checkpoint: Annotated[Path, typer.Argument(help="Checkpoint of `attest count threshold`.")], as_json: AsJson = False
) -> None:
    """Say how far a counting job is."""
    from numerics.capacity import job_status

    with plain_errors(), working("checking the count"):
        job = job_status(checkpoint)
        count = job.result().count if job.complete else None  # which checks it: seconds at n = 10
    if as_json:
        emit(
            {
                "n": job.n,
                "depth": job.depth,
                "tasks": job.tasks,
                "finished": job.finished,
                "classes": str(job.classes),
                "cpu_seconds": job.cpu_seconds,
                "cpu_seconds_left": job.cpu_seconds_left if job.finished else None,
                "complete": job.complete,
                "count": None if count is None else str(count),
            }
        )
        return
    console().print(f"n={job.n} depth={job.depth}: {_progress_line(job)}, {job.classes} classes so far", soft_wrap=True)
    if count is not None:
        console().print(f"T({job.n},1) = {count}", soft_wrap=True)


@app.command("verify")
def count_verify(
    file: Annotated[Path, typer.Argument(help="Checkpoint of a job, or a list of classes (.jsonl, .npz).")],
    tasks: Annotated[
        int | None, typer.Option(help="Random tasks of a job to count again [default: 200, or all].")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of the random tasks [default: 0].")] = None,
    jobs: Annotated[int | None, typer.Option(help="Worker processes for a job [default: 1].")] = None,
    as_json: AsJson = False,
) -> None:
    """Count random tasks of a job again in another order, or verify the classes in a list one by one."""
    if file.suffix in LISTS:
        options = {"--tasks": tasks, "--seed": seed, "--jobs": jobs}
        with plain_errors():
            if wanted := [name for name, value in options.items() if value is not None]:
                raise ValueError(f"{', '.join(wanted)}: of a list every class is verified, got {file.name!r}")
        return _verify_classes(file, as_json)
    from numerics.capacity import verify_job

    with plain_errors(), progress_lines("tasks counted in both orders") as show, compiling(show):
        found = verify_job(
            file,
            tasks=tasks,
            seed=seed or 0,
            jobs=1 if jobs is None else jobs,
            progress=lambda done, of: show(f"{done}/{of} tasks"),
        )
    if as_json:
        emit({**found.__dict__, "orders": list(found.orders), "classes": str(found.classes)})
        return
    orders = " and ".join(found.orders)
    console().print(f"{found.tasks} tasks, {found.classes} classes: the same walls by {orders}", soft_wrap=True)


def _verify_classes(file: Path, as_json: bool) -> None:
    from numerics.capacity import verify_threshold_classes

    with plain_errors(), progress_lines("classes verified") as show, compiling(show):
        found = verify_threshold_classes(file, progress=lambda done: show(f"{done} classes"))
    if as_json:
        emit({**found.__dict__, "functions": str(found.functions)})
        return
    whole = "all" if found.complete else "not all"
    console().print(
        f"{found.classes} classes of n={found.n} verified: {found.functions} functions, {whole} there are",
        soft_wrap=True,
    )
