"""What is fitted to which published figure: the data of scripts/python/calibrate.py.

Evidence is named by its key in configs/evidence.yaml. An interval of a published share is Wilson's, 95 %, where its count is
known; where another interval is given, its comment says from what it follows.
"""

import dataclasses
import math


@dataclasses.dataclass(frozen=True)
class Target:
    """A figure of a run and the parameter that is moved until the figure matches."""

    parameter: str
    unit: str
    start: float
    scale: str  # log, logit or plain: where the parameter moves and the figure is compared
    slope: float  # guess of d figure / d parameter, both in their scales
    value: float  # what was published
    evidence: str
    figure: str
    read: object  # figure of the year's and the three years' measures
    figure_scale: str = "log"
    low: float = math.nan  # ends of the published interval; NaN where none is known
    high: float = math.nan


@dataclasses.dataclass(frozen=True)
class Fit:
    """A scenario, what is set in it without a fit, and what is fitted."""

    about: str
    scenario: str  # under configs
    settings: dict
    targets: list


def yearly_rate(two_years):
    """The yearly exit rate with which this share leaves in two years."""
    return -math.log(1.0 - two_years) / 2.0


def wilson(count, of):
    """Wilson's 95 % interval of a share."""
    z = 1.959963984540054
    share = count / of
    middle = share + z * z / (2 * of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return {"low": (middle - half) / (1 + z * z / of), "high": (middle + half) / (1 + z * z / of)}


def year(name):
    return lambda one, three: one[name]


def years(name):
    return lambda one, three: three[name]


def mean_exhausted(one, three):
    return 0.5 * (three["surveyed_clinicians_exhausted_share"] + three["surveyed_supporters_exhausted_share"])


def joined_for_each_exit(one, three):
    return three["supporters_joined_per_year"] / three["supporter_exits_per_year"]


def within_reach(value):
    """The ends of a volume that was split by assumption, in proportion to those of the reach, 11.7-16.5 for 14.1."""
    return {"low": value * 11.7 / 14.1, "high": value * 16.5 / 14.1}


COMMUNITY_HOSPITAL = [
    # The n of the 30 % was not seen.
    Target("distress.jump_mean", "", 0.43, "log", 2.0, 0.30, "scott2010.problems",
           "clinicians in an episode at some time of a year", year("clinicians_with_episode_share")),
    Target("distress.fast_decay", " days", 47, "log", 0.9, 70 / 170, "strametz2021nurses.recovery",
           "episodes that last beyond 30 days", years("unrecovered_after_30_days_share"), **wilson(70, 170)),
    # Between two published figures, 12 % and 20 %.
    Target("distress.slow_share", "", 0.32, "log", 1.0, 0.13, "strametz2021.recovery",
           "episodes that last beyond a year", years("unrecovered_after_1_year_share"), low=0.12, high=0.20),
    Target("activation.self_referral.hazard", " per day", 0.0006, "log", 1.0, 23.0, "busch2021.foryou",
           "self-referrals a year of 5,000", years("self_referrals_per_year"), **within_reach(23.0)),
    Target("activation.manager.notice", "", 0.008, "log", 1.0, 8.0, "busch2021.foryou",
           "referrals by managers a year of 5,000", years("manager_referrals_per_year"), **within_reach(8.0)),
    Target("activation.peer.notice", "", 0.0017, "log", 1.0, 8.0, "busch2021.foryou",
           "referrals by colleagues a year of 5,000", years("peer_referrals_per_year"), **within_reach(8.0)),
    Target("activation.outreach.flag", "", 0.10, "log", 0.5, 14.1, "busch2021.foryou",
           "first contacts a year of 1,000, middle of 11.7-16.5", years("reach_per_1000_clinician_years"), low=11.7,
           high=16.5),
    # Between two programs.
    Target("activation.outreach.acceptance_logit", "", 1.635, "plain", -1.0, 0.15, "lane2018.declined",
           "offers declined", years("offers_declined_share"), "logit", low=0.103, high=0.19),
    Target("case_rules.unresolved_referral", "", 0.25, "log", 0.6, 16 / 148, "lane2018.escalated",
           "supported people referred on", years("referred_share"), **wilson(16, 148)),
    # Two accounts of one survey.
    Target("exhaustion.observed_mean", " points", 24.4, "plain", 0.14, 0.42, "godfrey2022.exhaustion",
           "concerning exhaustion, mean of clinicians and supporters", mean_exhausted, "logit", low=0.40, high=0.44),
    Target("supporters.secondary_trauma.observed_mean", " points", 17.6, "plain", -0.3, 0.816, "godfrey2022.trauma",
           "supporters with low secondary trauma", years("surveyed_trauma_low_share"), "logit", **wilson(306, 375)),
    Target("supporters.compassion_satisfaction.observed_mean", " points", 32.2, "plain", 0.3, 0.939,
           "godfrey2022.satisfaction", "supporters with moderate or high satisfaction",
           years("surveyed_satisfaction_share"), "logit", **wilson(352, 375)),
    # The two years of one report.
    Target("organization.professions[nurse].turnover", " per year", 0.112, "log", 1.0, 0.17, "nsi2025.turnover",
           "nurses who leave a year", years("nurse_exit_rate"), low=0.164, high=0.184),
    Target("organization.professions[physician].turnover", " per year", 0.05, "log", 1.0, yearly_rate(0.13),
           "hamidi2018.leaving", "physicians who leave a year (13 % in two years)", years("physician_exit_rate"),
           **{end: yearly_rate(share) for end, share in wilson(61, 472).items()}),
    Target("supporters.exit.role_rate", " per year", 0.04, "log", 0.4, 0.12, "connors2021.turnover",
           "supporters who leave a year", years("supporter_exit_rate"),
           **{end: 2.0 * yearly_rate(share) for end, share in wilson(3, 27).items()}),
    Target("supporters.recruitment.acceptance_logit", "", 0.1, "plain", 0.5, 1.0, "connors2021.turnover",
           "supporters who join for each who leaves", joined_for_each_exit),
]

# What one program published of those it offered support; the rest stays as it is by default.
WASHINGTON_UNIVERSITY = [
    Target("activation.outreach.acceptance_logit", "", 1.6, "plain", -1.0, 17 / 165, "lane2018.declined",
           "offers declined", years("offers_declined_share"), "logit", **wilson(17, 165)),
    Target("case_rules.early_referral", "", 0.045, "log", 0.9, 16 / 148, "lane2018.escalated",
           "supported people referred on", years("referred_share"), **wilson(16, 148)),
    # The staff of the program is not published: this is a size, and no figure of reach. A Poisson count of 165.
    Target("activation.outreach.flag", "", 0.05, "log", 0.5, 165 / 34, "lane2018.volume",
           "requests a month", years("requests_per_month_mean"), low=165 / 34 - 1.96 * math.sqrt(165) / 34,
           high=165 / 34 + 1.96 * math.sqrt(165) / 34),
]

FITS = {
    "community_hospital": Fit("The defaults that are graded `fitted`", "scenarios/community_hospital.yaml", {},
                              COMMUNITY_HOSPITAL),
    "washington_university": Fit(
        "One program that published what became of its offers (Lane 2018)", "scenarios/community_hospital.yaml",
        # Its longest support had ten interactions.
        {"case_rules.max_sessions": "10"}, WASHINGTON_UNIVERSITY),
}
