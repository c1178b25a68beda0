"""The verdict on exercise 3.5: points for the trained network that was handed in as a file."""

from __future__ import annotations

from autograder.judging.judge import HandedInFile
from autograder.judging.verdicts import ExerciseVerdict
from exercises.handed_network.network import (
    NetworkVerdict,
    is_the_courses_own,
    judge_network,
)
from exercises.handed_network.retraining import retrain
from helpers.checking.catalogue import Exercise
from helpers.for_checks.network_file import file_result

LEARNS = "3.1/learns_new_letters"
MOST_FILES = 3  # of different content that are measured; the best one counts


def judge_file(handed_in: HandedInFile) -> ExerciseVerdict:
    """Measure the network files of one student.

    A network earns points only where the student's own functions can have made it: the check
    :data:`LEARNS` must pass. Whether they did is for the instructor to see, in ``concerns``.
    """
    exercise, seed, max_points = handed_in.exercise, handed_in.seed, handed_in.max_points
    files, training = handed_in.files, handed_in.earlier[exercise.needs[0]]
    if not files:
        return _verdict(exercise, max_points, "missing", f"no {exercise.file} was handed in")
    own = list(dict.fromkeys(data for data in files.values() if not is_the_courses_own(data)))
    if not own:
        problem = f"the {exercise.file} handed in is the course's own; hand in the one you trained"
        concern = "handed in the course's own network, as it is or disguised"
        return _verdict(exercise, max_points, "fail", problem, (concern,))
    best = max((judge_network(data, seed, exercise.file) for data in own[:MOST_FILES]),
               key=lambda verdict: verdict.points)  # fmt: skip
    if best.points and not _passes(training, LEARNS):
        problem = (
            f"{best.message}; but your own functions of 3.1 do not learn the letters, so this "
            "network cannot have come from them"
        )
        concerns = (*best.remarks, "handed in a network that the functions of 3.1 cannot train")
        return _verdict(exercise, max_points, "fail", problem, concerns, best)
    concerns = best.remarks
    if handed_in.student and best.points:
        with handed_in.student() as student:
            done = retrain(student, best.accuracy["validation"], seed)
        concerns += (done.message if done.reproduced else f"not reproduced: {done.message}",)
    status = {0.0: "fail", best.max_points: "pass"}.get(best.points, "partial")
    return _verdict(exercise, max_points, status, best.message, concerns, best)


def _passes(verdict: ExerciseVerdict, check: str) -> bool:
    return any(result.check == check and result.status == "pass" for result in verdict.checks)


def _verdict(
    exercise: Exercise,
    max_points: float,
    status: str,
    message: str,
    concerns: tuple[str, ...] = (),
    judged: NetworkVerdict | None = None,
) -> ExerciseVerdict:
    share = judged.points / judged.max_points if judged and status in ("pass", "partial") else 0.0
    result = file_result(exercise, "fail" if status == "partial" else status,
                         "" if status == "pass" else message)  # fmt: skip
    return ExerciseVerdict(
        exercise.id, exercise.title, exercise.notebook, share * max_points, max_points, status,
        message, (result,), concerns=concerns, imprint=judged.imprint if judged else "",
    )  # fmt: skip
