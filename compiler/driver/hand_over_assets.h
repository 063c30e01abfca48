// What the hand-over page looks like and does; colours meet a contrast of 4.5:1 in both schemes.
#pragma once

#include <string_view>

namespace schemac {

inline constexpr std::string_view kPageStyle = R"css(
:root { color-scheme: light dark; --page: #ffffff; --text: #1b1f24; --dim: #57606a; --line: #d0d7de; --panel: #f6f8fa;
  --keyword: #0b5cad; --string: #0a6b2d; --comment: #5f6872; --number: #8a3ea8; --accent: #0b5cad; --warn: #a4262c; }
@media (prefers-color-scheme: dark) {
  :root { --page: #14181d; --text: #e6edf3; --dim: #9aa6b2; --line: #384150; --panel: #1c222a;
    --keyword: #7cb7ff; --string: #7ee0a0; --comment: #9aa6b2; --number: #d9a8f5; --accent: #7cb7ff; --warn: #ff9c9c; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 70rem; padding: 1rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin: 0; }
nav ol { columns: 2; padding-left: 1.5rem; } a { color: var(--accent); }
section { border: 1px solid var(--line); border-radius: .5rem; margin: 1rem 0; padding: 1rem; }
section.done { border-left: .4rem solid var(--string); }
.bar { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; margin: .5rem 0; }
button { font: inherit; color: var(--text); background: var(--panel); border: 1px solid var(--dim); border-radius: .4rem;
  padding: .3rem .8rem; cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
pre { background: var(--panel); border-radius: .4rem; margin: 0; max-height: 26rem; overflow: auto; padding: .75rem;
  font: .85rem/1.45 ui-monospace, monospace; }
.k { color: var(--keyword); } .s { color: var(--string); } .c { color: var(--comment); } .n { color: var(--number); }
.hint { color: var(--dim); } .loses { color: var(--warn); font-weight: 600; } ul { margin: .25rem 0; }
svg { max-width: 100%; height: auto; } svg text { fill: var(--text); font: 12px ui-monospace, monospace; }
svg rect { fill: var(--panel); stroke: var(--dim); } svg line { stroke: var(--dim); }
svg .name { font-weight: 700; } svg .add { fill: var(--string); } svg .drop { fill: var(--warn); }
@media print { :root { color-scheme: light; --page: #fff; --text: #000; --panel: #fff; }
  button, nav, .keys { display: none; } pre { max-height: none; overflow: visible; white-space: pre-wrap; }
  section { break-inside: auto; } h2 { break-after: avoid; } }
)css";

inline constexpr std::string_view kPageScript = R"js(
'use strict';
const key = n => 'schemac ' + document.body.dataset.checksum + ' ' + n;
const sections = [...document.querySelectorAll('section.part')];
const live = document.getElementById('live');
function copy(section) {
  const text = section.querySelector('code').textContent;
  const put = event => { event.clipboardData.setData('text/plain', text); event.preventDefault(); };
  document.addEventListener('copy', put);
  const done = document.execCommand('copy');
  document.removeEventListener('copy', put);
  live.textContent = done ? section.querySelector('h2').textContent + ' is copied' : 'the browser did not copy';
}
function mark(section, done) { section.classList.toggle('done', done); }
for (const section of sections) {
  const box = section.querySelector('input');
  try { box.checked = localStorage.getItem(key(section.id)) === 'done'; } catch (error) { }
  mark(section, box.checked);
  box.addEventListener('change', () => {
    mark(section, box.checked);
    try { localStorage.setItem(key(section.id), box.checked ? 'done' : ''); } catch (error) { }
  });
  section.querySelector('button').addEventListener('click', () => copy(section));
}
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches('input[type=text]')) return;
  const here = sections.findIndex(section => section.contains(document.activeElement));
  const go = index => { const next = sections[Math.min(Math.max(index, 0), sections.length - 1)];
    next.focus(); next.scrollIntoView({ block: 'start' }); };
  if (event.key === 'j') go(here + 1);
  else if (event.key === 'k') go(here - 1);
  else if (event.key === 'c' && here >= 0) copy(sections[here]);
  else if (event.key === 'x' && here >= 0) sections[here].querySelector('input').click();
});
)js";

}  // namespace schemac
