"""What is known: claims of an article in our own words, their check against the reader's copy, and base rates."""

from sim.evidence.borders import Borders as Borders
from sim.evidence.borders import project_of as project_of
from sim.evidence.borders import trusting as trusting
from sim.evidence.claims import Article as Article
from sim.evidence.claims import Claim as Claim
from sim.evidence.claims import article_from as article_from
from sim.evidence.claims import read_article as read_article
from sim.evidence.coder_agreement import krippendorff_alpha as krippendorff_alpha
from sim.evidence.rate_posterior import SCALES as SCALES
from sim.evidence.rate_posterior import Pooling as Pooling
from sim.evidence.rate_posterior import RatePosterior as RatePosterior
from sim.evidence.rate_posterior import Scale as Scale
from sim.evidence.rate_posterior import rate_posterior as rate_posterior
from sim.evidence.rates import Rate as Rate
from sim.evidence.source import Verification as Verification
from sim.evidence.source import verify_source as verify_source
from sim.evidence.toml_file import TomlFile as TomlFile
from sim.evidence.toml_file import is_file as is_file
from sim.evidence.toml_file import is_folder as is_folder
from sim.evidence.toml_file import shown as shown
from sim.evidence.validation import Place as Place
from sim.evidence.validation import json_schema as json_schema
from sim.evidence.validation import node_at as node_at
from sim.evidence.validation import validate as validate
