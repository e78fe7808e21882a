"""How the page looks: one column on a phone, two on a desk, light and dark."""

from __future__ import annotations

from typing import Final

CSS: Final = """
:root { --ink: #1c2128; --muted: #59616b; --line: #d9dde2; --paper: #f5f6f8; --card: #ffffff; --track: #eceff2; --accent: #0072b2; }
body.body--dark { --ink: #e8eaed; --muted: #a4acb6; --line: #39414b; --paper: #12161c; --card: #1a2028; --track: #2c333c; --accent: #56b4e9; }
body { background: var(--paper); color: var(--ink); font-size: 15px; line-height: 1.45; }
.nicegui-content { padding: 0; gap: 0; align-items: stretch; }
h1 { font-size: 1.35rem; line-height: 1.25; font-weight: 650; margin: 0; }
h2 { font-size: 1.05rem; line-height: 1.3; font-weight: 650; margin: 0; }
.note, .legend, .why { color: var(--muted); font-size: .85rem; margin: .3rem 0 0; }
.say { font-weight: 600; margin: .15rem 0 .5rem; }
.top { padding: 14px 20px 4px; display: flex; flex-wrap: wrap; gap: 10px 20px; align-items: end; justify-content: space-between; }
.top .words { flex: 1 1 380px; min-width: 0; }
.top .choose { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: end; flex: 0 1 auto; max-width: 100%; }
.top .q-select { width: 210px; }
.page { display: grid; grid-template-columns: minmax(300px, 370px) minmax(0, 1fr); gap: 14px; padding: 10px 20px 30px; align-items: start; }
.page > .column { gap: 14px; min-width: 0; align-items: stretch; }
.first, .controls, .rest { min-width: 0; }
.controls { grid-row: span 2; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px 14px; min-width: 0; width: 100%;
  display: block; }
.first { grid-column: 2; grid-row: 1; } .rest { grid-column: 2; grid-row: 2; display: flex; flex-direction: column; gap: 14px; }
.controls { grid-column: 1; grid-row: 1 / span 2; }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); gap: 14px; align-items: start; }
table.bars { width: 100%; border-collapse: collapse; font-size: .88rem; }
table.bars th { text-align: left; font-weight: 400; padding: 3px 8px 3px 0; width: 40%; vertical-align: middle; }
table.bars thead th { color: var(--muted); font-size: .8rem; width: auto; vertical-align: bottom; }
table.bars td.bar { padding: 3px 0; } table.bars td.bar svg { display: block; width: 100%; height: 13px; }
table.bars td.bar svg.thin { height: 5px; margin-top: 1px; }
table.bars .value { text-align: right; white-space: nowrap; padding-left: 8px; font-variant-numeric: tabular-nums; width: 5.4em; }
table.bars thead th.value { white-space: normal; font-weight: 400; text-align: right; }
table.fall td.bar svg { height: 11px; } table.fall .value { width: 4.6em; }
table.fall caption { text-align: left; font-size: .88rem; padding: 2px 0 4px; color: var(--muted); }
table.fall caption strong { color: var(--ink); }
tr.total th, tr.total td { border-top: 1px solid var(--line); font-weight: 600; }
.falls { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 330px), 1fr)); gap: 14px 26px; }
.track { fill: var(--track); } .mark { fill: var(--ink); } .zero { stroke: var(--muted); stroke-width: .6; vector-effect: non-scaling-stroke; }
svg.plane, svg.map { display: block; width: 100%; height: auto; max-width: 720px; }
svg text { fill: var(--ink); font-size: 12px; } svg text.tick { fill: var(--muted); font-size: 11px; }
svg .middle { text-anchor: middle; } svg .end { text-anchor: end; }
svg .axis { fill: none; stroke: var(--muted); } svg .war { fill: none; stroke: var(--ink); stroke-dasharray: 5 4; }
svg .better { opacity: .16; } svg .open { opacity: .5; } svg .barred { opacity: .3; }
svg .frontier { stroke: var(--ink); stroke-width: 1.2; } svg circle[data-deal] { cursor: pointer; }
svg .offers { fill: none; stroke-width: 1.5; pointer-events: none; }
svg text.star { font-size: 24px; text-anchor: middle; fill: #f0e442; stroke: #000; stroke-width: .8px; cursor: pointer; }
svg .waiting { fill: var(--track); stroke: var(--card); } svg .cell { stroke: var(--card); stroke-width: 1; cursor: pointer; }
svg .cell:hover, svg .cell:focus { stroke: var(--ink); stroke-width: 2; outline: none; }
svg .here { fill: none; stroke: var(--ink); stroke-width: 2; pointer-events: none; }
svg.stale { opacity: .45; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 14px; } .legend span { display: inline-flex; align-items: center; gap: 5px; }
.legend i { width: 10px; height: 10px; border-radius: 2px; display: inline-block; }
.legend i.big { width: 11px; height: 11px; border-radius: 50%; background: var(--muted); } .legend i.line { height: 3px; width: 16px; }
.slider { border-top: 1px solid var(--line); padding: 8px 0 4px; width: 100%; gap: 0; }
.slider .head { display: flex; gap: 6px; align-items: center; width: 100%; flex-wrap: nowrap; }
.slider .name { flex: 1; font-weight: 550; line-height: 1.25; min-width: 0; overflow-wrap: anywhere; }
.slider .stands { color: var(--muted); font-size: .85rem; } .slider.moved .stands { color: var(--accent); font-weight: 600; }
.slider .effect { font-size: .82rem; color: var(--ink); } .slider .why { margin: 0; }
.slider .q-slider { padding: 0 8px; }
.badge { font-size: .68rem; letter-spacing: .03em; border: 1px solid var(--muted); color: var(--muted); border-radius: 4px; padding: 0 4px; white-space: nowrap; }
.badge.claim { border-color: var(--accent); color: var(--accent); }
.q-expansion-item { width: 100%; } .q-expansion-item .q-item { min-height: 26px; padding: 0; } .q-expansion-item .q-item__label { font-size: .82rem; color: var(--muted); }
.q-expansion-item .nicegui-expansion-content { padding: 0 0 4px; gap: 2px; }
.buttons { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 8px; }
.q-btn { text-transform: none; } .busy { min-height: 4px; width: 100%; }
table.pins { width: 100%; border-collapse: collapse; font-size: .88rem; } table.pins th, table.pins td { text-align: right; padding: 3px 0 3px 10px; }
table.pins th:first-child { text-align: left; font-weight: 400; padding-left: 0; } table.pins thead th { color: var(--muted); font-weight: 400; border-bottom: 1px solid var(--line); }
.story { font-size: .88rem; white-space: pre-wrap; margin: 0; font-family: inherit; overflow-wrap: anywhere; }
.world { width: min(900px, 96vw); max-width: 96vw !important; max-height: 92vh; overflow: auto; background: var(--card); color: var(--ink); gap: 8px; align-items: stretch; }
.world ul { margin: .2rem 0 .6rem; padding-left: 1.1rem; }
.error { color: #b3261e; } body.body--dark .error { color: #ffb4ab; }
@media (max-width: 820px) {
  .page { grid-template-columns: minmax(0, 1fr); padding: 8px 10px 24px; } .top { padding: 12px 12px 2px; }
  .first, .controls, .rest { grid-column: 1; grid-row: auto; } .top .q-select { width: 100%; } .top .choose { width: 100%; }
  .card { padding: 10px; } table.bars th { width: 36%; }
}
"""
