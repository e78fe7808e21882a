"""Files of the field's other programs, read into scenarios and written from them."""

from sim.formats.decide import Decide as Decide
from sim.formats.exchange import ImportedCase as ImportedCase
from sim.formats.exchange import exported as exported
from sim.formats.exchange import imported as imported
from sim.formats.file_format import FORMATS as FORMATS
from sim.formats.file_format import AbstractFileFormat as AbstractFileFormat
from sim.formats.genius_xml import GeniusXml as GeniusXml
from sim.formats.geniusweb_json import GeniuswebJson as GeniuswebJson
from sim.formats.ktab_csv import KtabCsv as KtabCsv
from sim.formats.ktab_xml import KtabXml as KtabXml
from sim.formats.negmas_yaml import NegmasYaml as NegmasYaml
from sim.formats.negolog_json import NegologJson as NegologJson
from sim.formats.positions_csv import PositionsCsv as PositionsCsv
