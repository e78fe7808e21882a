"""Text that users may write and that no figure may stumble over."""

import json

import numpy as np
import xarray as xr

NASTY = (
    "$5M now, 3% of $80M later",
    r"\frac{1}{0} \alpha_{x}^{2} \\",
    "a_b^c{d}",
    "{x} %s %(y)d #1 ~ &",
    "<b>bold</b> <script>alert(1)</script>",
    "שלום עליכם",
    "هدنة ثم سلام",
    "停火协议",
    "정전 협정と停戦",
    "👍🏽 e\u0301 ½ ∑",
    "two\nlines\tand a tab",
    "_hidden",
    "[red]rich[/red]",
    "\u202eright to left",
    "x" * 300,
    "many words " * 28,
)


def nasty_names(count, shift=0):
    """So many different names, nasty ones first."""
    found = [NASTY[(n + shift) % len(NASTY)] for n in range(count)]
    return [name if n < len(NASTY) else f"{name} {n}" for n, name in enumerate(found)]


def nasty(results: xr.Dataset) -> xr.Dataset:
    """The same results in which everything that users name has a nasty name."""
    found = _with_nasty_levels(results.copy(deep=True))
    found.attrs = _nasty_attributes(results.attrs)
    for column in found.data_vars:
        if str(column).endswith(("_title", "_spoken")) or column == "blocking_name":
            names = np.array(nasty_names(found[column].size, 3)).reshape(found[column].shape)
            found[column] = found[column].copy(data=names)
    for name in ("observation", "replay", "overlay"):
        if name in found.coords and found.sizes[name]:
            found = found.assign_coords({name: nasty_names(found.sizes[name], 7)})
    return found


def _nasty_attributes(attrs):
    found = dict(attrs) | {"title": " ".join(NASTY[:4])}
    for shift, name in enumerate(("actor_titles", "issue_titles", "claim_titles")):
        if name in attrs:
            found[name] = nasty_names(len(np.atleast_1d(attrs[name])), 5 * shift)
    if "study_title" in attrs:
        found["study_title"] = NASTY[0]
    if "axes" in attrs:
        axes = json.loads(attrs["axes"])
        named = [axis | {"title": name} for axis, name in zip(axes, nasty_names(len(axes)), strict=True)]
        found["axes"] = json.dumps(named)
    return found


def _with_nasty_levels(found):
    if "deal_level" not in found:
        return found
    keys = list(dict.fromkeys(str(key) for key in found["deal_level"].values.ravel()))
    names = {key: f"{name} {n}" for n, (key, name) in enumerate(zip(keys, nasty_names(len(keys)), strict=True))}
    for column in ("deal_level", "status_quo"):
        values = np.vectorize(lambda key: names.get(str(key), str(key)))(found[column].values)
        found[column] = found[column].copy(data=values)
    return found
