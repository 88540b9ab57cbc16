"""Figures are drawn and saved without a warning, with units, intervals and n, and show the numbers of the result."""

import contextlib
import re
import sys
import unittest
import warnings

try:
    import matplotlib
    import matplotlib.dates
except ImportError:
    print(f"SKIPPED: figures are NOT tested, {sys.executable} has no matplotlib; scripts/setup.sh installs it")
    sys.exit(77)
import numpy as np
import package_fixture as fixture
import pandas as pd
from matplotlib.figure import Figure

import peercap
from peercap import figures

NUMBER = re.compile("^[-\N{MINUS SIGN}]?[0-9.]+[+]?$")
UNIT = re.compile(r"\([^()]+\)$")


class FigureTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.results = fixture.Results()
        cls.addClassCleanup(cls.results.close)
        cls.run_result = peercap.open(cls.results.run("run.h5", 8)[0])
        cls.other = peercap.open(cls.results.run("other.h5", 8, supporters__count=12)[0])
        cls.sweep = peercap.open(cls.results.sweep())

    def drawn(self, draw, *arguments, width_mm=figures.SINGLE, **keywords):
        """Draws, saves, and looks at what every figure has to have."""
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            figure = draw(*arguments, width_mm=width_mm, **keywords)
            self.assertIsInstance(figure, Figure)
            for ending in ("pdf", "svg"):
                path = self.results.folder / f"figure.{ending}"
                figures.save(figure, path)
                self.assertGreater(path.stat().st_size, 2000)
        self.assertAlmostEqual(figure.get_figwidth() * 25.4, width_mm, places=6)
        note = " ".join(text.get_text() for text in figure.texts).replace("\n", " ")
        self.assertRegex(note, r"95 % ([\w*]+ )?interval|half of its 95 % interval")
        words = note + " ".join(text.get_text() for axis in figure.axes for text in axis.texts)
        self.assertRegex(words, r"n = [\d,]+")
        for axis in figure.axes:
            self.has_units(axis, figure)
        return figure

    def has_units(self, axis, figure):
        """Each axis that holds numbers or dates has a label that ends with a unit; an axis of names needs none."""
        for which in (axis.xaxis, axis.yaxis):
            shown = [label.get_text() for label in which.get_ticklabels() if label.get_visible() and label.get_text()]
            is_date = isinstance(which.get_major_formatter(), matplotlib.dates.ConciseDateFormatter)
            if shown and (is_date or all(NUMBER.match(text) for text in shown)):
                text = which.get_label().get_text().replace("\n", " ")
                self.assertRegex(text, UNIT, f"a label without a unit: '{text}', at {shown}")


class RunFiguresTest(FigureTest):
    def test_time_to_contact_has_the_curve_and_the_dots_of_the_result(self):
        figure = self.drawn(figures.time_to_contact, self.run_result)
        axis = figure.axes[0]
        waits = self.run_result.waits
        waits = waits[(waits["clock"] == "request") & (waits["hours"] <= 168)]
        np.testing.assert_allclose(axis.lines[0].get_ydata(), 100.0 * waits["contacted"])
        row = self.run_result.summary.loc["contact_incidence_72h"]
        bars = [container for container in axis.containers if container.lines[0].get_xdata()[0] == 72]
        self.assertAlmostEqual(bars[0].lines[0].get_ydata()[0], 100.0 * row["mean"])
        low, high = bars[0].lines[1][0].get_ydata()[0], bars[0].lines[1][1].get_ydata()[0]
        np.testing.assert_allclose([low, high], [100.0 * row["ci_low"], 100.0 * row["ci_high"]])
        self.drawn(figures.time_to_contact, self.run_result, "event", hours=336.0)

    def test_cascade_has_the_steps(self):
        figure = self.drawn(figures.cascade, self.run_result)
        table = self.run_result.cascade
        table = table[(table["channel"] == "all") & ~table["step"].str.startswith("ended_")]
        widths = [bar.get_width() for axis in figure.axes for bar in axis.patches]
        self.assertEqual(sorted(widths), sorted(table["mean"]))
        self.assertEqual(len(self.drawn(figures.cascade, self.run_result, "self_referral").axes), 1)

    def test_series_is_on_dates(self):
        figure = self.drawn(figures.series, self.run_result, "waiting", width_mm=figures.DOUBLE)
        axis = figure.axes[0]
        begin = matplotlib.dates.num2date(axis.get_xlim()[0])
        self.assertEqual((begin.year, begin.month, begin.day), (2026, 1, 5))
        mean = self.run_result.series["waiting"].sel(point=0, statistic="mean").values
        np.testing.assert_allclose(axis.lines[-1].get_ydata(), mean)
        self.assertEqual(axis.get_ylabel(), "People waiting (number)")
        self.assertIn("(%)", self.drawn(figures.series, self.run_result, "distressed_share").axes[0].get_ylabel())

    def test_every_series_can_be_drawn(self):
        for name in self.run_result.series.data_vars:
            self.assertRegex(figures.series(self.run_result, name).axes[0].get_ylabel(), UNIT, name)

    def test_well_being(self):
        figure = self.drawn(figures.well_being, self.run_result)
        means = [container.lines[0].get_xdata()[0] for container in figure.axes[0].containers]
        self.assertAlmostEqual(sum(means[:3]), 100.0)
        self.assertAlmostEqual(means[0], 100.0 * self.run_result.summary.loc["trauma_low_share", "mean"])

    def test_supporter_load(self):
        figure = self.drawn(figures.supporter_load, self.run_result, width_mm=figures.DOUBLE)
        heights = [bar.get_height() for bar in figure.axes[0].patches]
        self.assertAlmostEqual(sum(heights), 100.0)
        table = self.run_result.supporters
        table = table[table["tenure_years"].notna()]
        shares = [(group["cases"] == 1).mean() for _, group in table.groupby("replication")]
        self.assertAlmostEqual(heights[1], 100.0 * np.mean(shares))

    def test_equity(self):
        for grouping in ("profession", "career_stage", "shift_pattern", "site"):
            figure = self.drawn(figures.equity, self.run_result, grouping)
            table = self.run_result.equity
            table = table[table["grouping"] == grouping]
            drawn = [container.lines[0].get_xdata()[0] for container in figure.axes[0].containers]
            np.testing.assert_allclose(drawn, 100.0 * table["coverage"])

    def test_wilson_holds_the_share_and_knows_nothing_of_negative_shares(self):
        from peercap.figures.people import wilson

        self.assertEqual(wilson(0.0, 20.0)[0], 0.0)
        self.assertAlmostEqual(wilson(0.0, 20.0)[1], 0.1611, places=4)  # z**2 / (n + z**2)
        low, high = wilson(5.0, 50.0)
        self.assertAlmostEqual(low, 0.0435, places=4)
        self.assertAlmostEqual(high, 0.2136, places=4)

    def test_a_single_replication_is_drawn_without_intervals(self):
        one = peercap.open(self.results.run("one.h5", 1)[0])
        for draw in ("time_to_contact", "cascade", "well_being", "supporter_load", "equity"):
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                figures.save(getattr(figures, draw)(one), self.results.folder / "one.svg")


class StudyFiguresTest(FigureTest):
    def test_comparison_of_runs(self):
        measures = ["contact_within_limit_share", "session_overload_hours_per_week", "hours_to_contact_median"]
        frame = peercap.compare(self.run_result, self.other, measures, names=("4", "12"))
        figure = self.drawn(figures.comparison, frame)
        self.assertEqual(len(figure.axes), 3)
        self.assertIn("(percentage points)", figure.axes[0].get_xlabel().replace("\n", " "))
        self.assertIn("(h/week)", figure.axes[1].get_xlabel())
        drawn = figure.axes[1].containers[0].lines[0].get_xdata()[0]
        self.assertAlmostEqual(drawn, frame.loc[measures[1], "difference"])
        self.assertEqual(figure.axes[0].get_yticklabels()[0].get_text(), "4 less 12")

    def test_comparison_of_policies(self):
        pairs = peercap.open(self.results.comparison()).pairs
        self.assertEqual(len(self.drawn(figures.comparison, pairs).axes), 3)

    def test_sweep_heatmap(self):
        measure = "session_overload_hours_per_week"
        figure = self.drawn(figures.sweep_heatmap, self.sweep, "supporters.count", "supporters.protected_time", measure)
        axis = figure.axes[0]
        self.assertEqual((axis.get_xlabel(), axis.get_ylabel().replace("\n", " ")),
                         ("supporters.count (number)", "supporters.protected_time (h/week)"))  # fmt: skip
        means = self.sweep.summary.xs(measure, level="measure")["mean"].to_numpy().reshape(3, 2).T
        np.testing.assert_allclose(axis.collections[0].get_array().reshape(2, 3), means)
        self.assertEqual(len(axis.texts), 6)

    def test_sizing(self):
        result = peercap.open(self.results.sizing())
        axis = self.drawn(figures.sizing, result).axes[0]
        self.assertIn("(%)", axis.get_ylabel())
        self.assertIn("supporters.count (number)", axis.get_xlabel())
        dashed = [line for line in axis.lines if line.get_linestyle() == "--"]
        self.assertAlmostEqual(dashed[0].get_ydata()[0], 90.0)

    def test_sensitivity(self):
        measure = "session_overload_hours_per_week"
        for method, width in (("tornado", figures.DOUBLE), ("morris", figures.SINGLE)):
            result = peercap.open(self.results.sensitivity(method))
            figure = self.drawn(figures.sensitivity, result, measure, width_mm=width)
            first = figure.axes[0].get_yticklabels()[0].get_text().split("\n")[0]
            effects = result.effects.xs(measure, level="measure")
            self.assertEqual(first, effects["swing" if method == "tornado" else "mu_star"].idxmax())


class RefusalTest(FigureTest):
    @contextlib.contextmanager
    def refused(self, words):
        with self.assertRaisesRegex(peercap.CannotDraw, words):
            yield

    def test_other_kinds(self):
        with self.refused("draws a result of kind run, and this is a sweep"):
            figures.time_to_contact(self.sweep)
        with self.refused("kind sweep, and this is a run"):
            figures.sweep_heatmap(self.run_result, "a", "b", "c")

    def test_unknown_names(self):
        with self.refused("no clock 'sun'"):
            figures.time_to_contact(self.run_result, "sun")
        with self.refused("no series 'nonsense'; there are distressed_share"):
            figures.series(self.run_result, "nonsense")
        with self.refused("no channel 'nonsense'"):
            figures.cascade(self.run_result, "nonsense")
        with self.refused("no grouping 'age'"):
            figures.equity(self.run_result, "age")
        with self.refused("does not hold 'nonsense'"):
            figures.sweep_heatmap(self.sweep, "supporters.count", "supporters.protected_time", "nonsense")
        with self.refused("'run.seed' does not vary"):
            figures.sweep_heatmap(self.sweep, "supporters.count", "run.seed", "unmet_episodes_share")

    def test_a_program_that_nobody_asks(self):
        none = peercap.open(self.results.run("none.h5", 2, program__enabled="off")[0])
        with self.refused("none of those who wanted support"):
            figures.time_to_contact(none)

    def test_a_grid_with_holes(self):
        study = fixture.HEAD + (
            "name: side_by_side\nvary:\n  supporters.count: {values: [2, 4]}\n"
            "  supporters.protected_time: {values: [0.25 h/week, 1 h/week]}\n"
            "design: {kind: zip}\nreplications: 2\n"
        )
        result = peercap.open(self.results.sweep(study, "zip"))
        with self.refused("do not fill a grid"):
            figures.sweep_heatmap(result, "supporters.count", "supporters.protected_time", "unmet_episodes_share")

    def test_frames(self):
        with self.refused("no frame of differences"):
            figures.comparison(pd.DataFrame({"mean": [1.0]}))
        with self.refused("more than a figure holds"):
            figures.comparison(peercap.compare(self.run_result, self.other))


class StyleTest(FigureTest):
    def test_equal_figures_give_equal_files(self):
        for ending in ("pdf", "svg", "png"):
            files = []
            for number in range(2):
                path = self.results.folder / f"{number}.{ending}"
                figures.save(figures.series(self.run_result, "waiting"), path)
                files.append(path.read_bytes())
            self.assertEqual(files[0], files[1], ending)

    def test_texts_stay_texts(self):
        path = self.results.folder / "text.svg"
        figures.save(figures.series(self.run_result, "waiting"), path)
        self.assertIn("People waiting", path.read_text(encoding="utf-8"))

    def test_the_style_around_is_left_alone(self):
        before = matplotlib.rcParams["font.size"], matplotlib.rcParams["axes.spines.top"]
        figures.series(self.run_result, "waiting")
        self.assertEqual((matplotlib.rcParams["font.size"], matplotlib.rcParams["axes.spines.top"]), before)

    def test_fonts_can_be_read(self):
        for figure in (figures.cascade(self.run_result), figures.series(self.run_result, "waiting")):
            sizes = {text.get_fontsize() for text in figure.findobj(matplotlib.text.Text) if text.get_text()}
            self.assertGreaterEqual(min(sizes), 8.0)
            self.assertLessEqual(max(sizes), 9.0)


if __name__ == "__main__":
    unittest.main()
