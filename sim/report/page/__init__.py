"""One HTML page about what a results folder holds, section by section."""

from sim.report.page.write import write_page as write_page
