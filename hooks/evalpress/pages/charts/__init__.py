"""4 write: series of figures -> SVG that stands on a page, and the same as a picture to keep.

series.py      what is drawn: a chart and its marks, and what they say in words
scale.py       values -> an axis: where it begins and ends, which figures stand at it
shapes.py      the forms of a drawing, and how they become SVG
dots.py        marks over the years on an axis that fits them
bars.py        marks below each other, as long as their values from zero
standalone.py  drawings -> a file that says by itself what it shows

Every value stands beside its mark or at an axis, so that no chart needs colour. What is missing is
a gap that says why; what cannot be compared with what stands before it is cut off by a numbered
line. Colours are attributes, which the style sheet of the site replaces by its own (light, dark,
contrast); a picture, where no style sheet reaches, keeps them. One more kind of chart: a module
with a function that takes a Chart and gives a Drawing.
"""

from evalpress.pages.charts.bars import bars
from evalpress.pages.charts.dots import dots
from evalpress.pages.charts.series import Chart, Mark, description
from evalpress.pages.charts.shapes import Drawing, inline

__all__ = ["Chart", "Drawing", "Mark", "bars", "description", "dots", "inline"]
