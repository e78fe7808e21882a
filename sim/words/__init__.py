"""What people are told: endings, terms, titles, numbers and the glossary, each worded once for every teller."""

from typing import TYPE_CHECKING

from sim.foundations.door import open_door

if TYPE_CHECKING:
    from sim.foundations import NOTHING as NOTHING
    from sim.foundations import Z as Z
    from sim.foundations import in_hundred as in_hundred
    from sim.foundations import percent as percent
    from sim.foundations import quantity as quantity
    from sim.foundations import stated_percent as stated_percent
    from sim.words.glossary import WORDS as WORDS
    from sim.words.glossary import Word as Word
    from sim.words.glossary import known_words as known_words
    from sim.words.glossary import look_up as look_up
    from sim.words.glossary import slug as slug
    from sim.words.glossary import words_of as words_of
    from sim.words.number_titles import number_title as number_title
    from sim.words.numbers import POINTS as POINTS
    from sim.words.numbers import Proportion as Proportion
    from sim.words.numbers import capital as capital
    from sim.words.numbers import clear as clear
    from sim.words.numbers import counted as counted
    from sim.words.numbers import duration as duration
    from sim.words.numbers import enumerated as enumerated
    from sim.words.numbers import half_percent as half_percent
    from sim.words.numbers import half_width as half_width
    from sim.words.numbers import part_with_half as part_with_half
    from sim.words.numbers import percent_span as percent_span
    from sim.words.numbers import plus_minus as plus_minus
    from sim.words.numbers import points as points
    from sim.words.numbers import points_with_half as points_with_half
    from sim.words.numbers import share_with_half as share_with_half
    from sim.words.numbers import share_words as share_words
    from sim.words.numbers import signed_part as signed_part
    from sim.words.numbers import signed_value as signed_value
    from sim.words.numbers import sure_percent as sure_percent
    from sim.words.numbers import value_with_half as value_with_half
    from sim.words.numbers import whole_points as whole_points
    from sim.words.numbers import widened_words as widened_words
    from sim.words.numbers import wilson as wilson
    from sim.words.numbers import with_half as with_half
    from sim.words.numbers import without_article as without_article
    from sim.words.protocol_words import protocol_words as protocol_words
    from sim.words.titles import DAMAGE as DAMAGE
    from sim.words.titles import TERM_SPOKEN as TERM_SPOKEN
    from sim.words.titles import TermWords as TermWords
    from sim.words.titles import actor_title as actor_title
    from sim.words.titles import claim_title as claim_title
    from sim.words.titles import claim_titles as claim_titles
    from sim.words.titles import event_title as event_title
    from sim.words.titles import issue_title as issue_title
    from sim.words.titles import level_title as level_title
    from sim.words.titles import line_title as line_title
    from sim.words.titles import model_title as model_title
    from sim.words.titles import observation_title as observation_title
    from sim.words.titles import term_words as term_words
    from sim.words.vocabulary import ENDING_SPOKEN as ENDING_SPOKEN
    from sim.words.vocabulary import OutcomeWords as OutcomeWords
    from sim.words.vocabulary import Vocabulary as Vocabulary

open_door(__name__)
