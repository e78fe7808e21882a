"""What every file format of the field does: recognise its files, read them, write them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar, Final

from sim.formats.source_text import SourceText
from sim.formats.stakeholder_table import StakeholderTable
from sim.formats.utility_domain import UtilityDomain
from sim.foundations import Registry


class AbstractFileFormat(ABC):
    """A format that other programs of the field read and write.

    suffixes: how its files end, the usual one first
    """

    suffixes: ClassVar[tuple[str, ...]]

    @abstractmethod
    def recognises(self, file: SourceText) -> bool:
        """Whether a file looks like one of this format, from its name and its first lines."""

    @abstractmethod
    def read(self, files: list[SourceText]) -> StakeholderTable | UtilityDomain:
        """Read the files of one case; what is wrong with them is noted in them.

        Raises:  InputError where nothing can be read on
        """


class AbstractStakeholderFormat(AbstractFileFormat):
    """A format of positions, saliences and capabilities, in one file."""

    @abstractmethod
    def write(self, table: StakeholderTable) -> tuple[str, list[str]]:
        """The text of the file, and what of the table it does not hold."""


class AbstractUtilityFormat(AbstractFileFormat):
    """A format of discrete issues and additive utilities, in one file or several."""

    @abstractmethod
    def write(self, domain: UtilityDomain) -> tuple[dict[str, str], list[str]]:
        """Names and texts of the files, and what of the domain they do not hold."""


FORMATS: Final[Registry[type[AbstractFileFormat]]] = Registry("file format")
