"""What is known: claims of an article in our own words, their check against the reader's copy, and base rates."""

from typing import TYPE_CHECKING

from sim.foundations.door import open_door

if TYPE_CHECKING:
    from sim.evidence.borders import Borders as Borders
    from sim.evidence.borders import project_of as project_of
    from sim.evidence.borders import trusting as trusting
    from sim.evidence.claims import Article as Article
    from sim.evidence.claims import ArticleText as ArticleText
    from sim.evidence.claims import Claim as Claim
    from sim.evidence.claims import article_from as article_from
    from sim.evidence.claims import article_names as article_names
    from sim.evidence.claims import read_article as read_article
    from sim.evidence.coder_agreement import Measurement as Measurement
    from sim.evidence.coder_agreement import krippendorff_alpha as krippendorff_alpha
    from sim.evidence.joined import joined_articles as joined_articles
    from sim.evidence.joined import meant_by as meant_by
    from sim.evidence.joined import qualified as qualified
    from sim.evidence.joined import unknown_claim as unknown_claim
    from sim.evidence.rate_posterior import SCALES as SCALES
    from sim.evidence.rate_posterior import Pooling as Pooling
    from sim.evidence.rate_posterior import RatePosterior as RatePosterior
    from sim.evidence.rate_posterior import Scale as Scale
    from sim.evidence.rate_posterior import rate_posterior as rate_posterior
    from sim.evidence.rates import Rate as Rate
    from sim.evidence.source import Verification as Verification
    from sim.evidence.source import verify_source as verify_source
    from sim.evidence.source import verify_sources as verify_sources
    from sim.evidence.toml_file import TomlFile as TomlFile
    from sim.evidence.toml_file import is_file as is_file
    from sim.evidence.toml_file import is_folder as is_folder
    from sim.evidence.toml_file import shown as shown
    from sim.evidence.validation import Place as Place
    from sim.evidence.validation import json_schema as json_schema
    from sim.evidence.validation import node_at as node_at
    from sim.evidence.validation import validate as validate

open_door(__name__)
