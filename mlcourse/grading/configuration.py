"""For ``nbgrader_config.py``: by names only, since learners' machines read it too and need none of it."""

from typing import Any


def configure(config: Any) -> None:
    """Have nbgrader grade in sandboxes, and outside of the learner's reach.

    Parameters
    ----------
    config : traitlets.config.Config
        The ``c`` of ``nbgrader_config.py``.
    """
    here = "mlcourse.grading.nbgrader_plugins"
    config.Autograde.exporter_class = f"{here}.AnyNotebook"
    config.Autograde.sanitize_preprocessors = [f"{here}.Rebuild"]
    config.Autograde.autograde_preprocessors = [
        f"{here}.SealedExecute",
        "nbgrader.preprocessors.LimitOutput",
        "nbgrader.preprocessors.SaveAutoGrades",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    config.GenerateFeedback.exporter_class = "mlcourse.grading.feedback_page.FeedbackPage"
    config.GenerateFeedback.preprocessors = [
        "nbgrader.preprocessors.GetGrades",
        f"{here}.HideHiddenTests",
        "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
    ]
    config.ZipCollectApp.extractor_plugin = "mlcourse.grading.collecting.Unpack"
    config.ZipCollectApp.collector_plugin = "mlcourse.grading.collecting.Collect"
    config.ExchangeFactory.collect = "mlcourse.grading.exchange.CollectByOwner"
