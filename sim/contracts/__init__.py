"""What every member of a kind keeps, as checks that an outside package can run on its own members.

``check("protocol", FinalOffer)`` tries everything that talks rely on and names each promise that is broken;
``contracts_of("protocol")`` gives the promises one by one, for a test of each.
"""

from sim.contracts.contract import Contract as Contract
from sim.contracts.contract import ContractError as ContractError
from sim.contracts.contract import check as check
from sim.contracts.contract import contracts_of as contracts_of
