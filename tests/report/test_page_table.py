"""Cells of tables are read as they were written, on paper too."""

from sim.report.page.table import share, share_bar


def test_a_share_and_its_error_stay_on_one_line():
    """No line can break at a space between them; the column is sorted by the share."""
    for cell in (share(0.521, 0.011), share_bar(0.521, 0.6, 0.011)):
        assert "52%\u00a0±\u00a02" in str(cell.shown)
        assert cell.sort == 0.521
