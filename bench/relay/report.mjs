import { spread } from './statistics.mjs';

/** The columns: what is told of each measurement, with how many decimals. */
const COLUMNS = Object.freeze([
  { title: 'accepted/s', of: (each) => each.acceptedPerSecond, digits: 0 },
  { title: 'delivered/s', of: (each) => each.deliveredPerSecond, digits: 0 },
  { title: 'relay CPU ms', of: (each) => each.relayCpuMs, digits: 2 },
  { title: 'machine CPU ms', of: (each) => each.machineCpuMs, digits: 2 },
  { title: 'load ms', of: (each) => each.loadCpuMs, digits: 2 },
  { title: 'sink ms', of: (each) => each.sinkCpuMs, digits: 2 },
  { title: 'other ms', of: (each) => each.otherCpuMs, digits: 2 },
]);
const COMPARED = 4;
const MODES = Object.freeze({ new: 'a connection per message', reused: 'connections reused' });

/** One measurement as a line, said as soon as it is known. */
export function oneLine(peer, mode, measured) {
  const figures = COLUMNS.map(({ title, of, digits }) => `${title} ${of(measured).toFixed(digits)}`).join(', ');
  const parts = Object.entries(measured.relayParts)
    .filter(([, ms]) => ms >= 0.005)
    .map(([name, ms]) => `${name} ${ms.toFixed(2)}`);
  const memory = Object.entries(measured.peakMiB).map(([name, mib]) => `${name} ${mib}`);
  return [
    `${peer}, ${MODES[mode]}: ${figures}`,
    `    its CPU ms: ${parts.join(', ')}; largest process, MiB: ${memory.join(', ')}; connections to the sink: ${measured.sinkConnections}`,
  ].join('\n');
}

/** The medians of all runs with the least and the most of them, and the ratios of the pairs. */
export function summary(measurements, { modes, peers }) {
  const rows = [['', ...COLUMNS.map((each) => each.title)]];
  for (const mode of modes) {
    rows.push([MODES[mode]]);
    const byPeer = new Map(
      peers.map((peer) => [peer, measurements.filter((each) => each.mode === mode && each.peer === peer)]),
    );
    for (const [peer, taken] of byPeer)
      rows.push([`  ${peer}`, ...COLUMNS.map(({ of, digits }) => spread(taken.map(of), digits))]);
    const [postfix, postern] = [byPeer.get('postfix'), byPeer.get('postern')];
    if (postfix && postern) rows.push(['  postern / postfix', ...ratios(postern, postfix)]);
  }
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  '),
  );
  return `\n${lines.join('\n')}\n\nPer message; medians (least–most). "other" is what no process of the comparison spent: kernel threads and whatever else runs here.`;
}

/** Run by run, because the machine is not the same from minute to minute. */
function ratios(postern, postfix) {
  return COLUMNS.slice(0, COMPARED).map(({ of }) =>
    spread(
      postern.map((each, run) => of(each) / of(postfix[run])),
      2,
    ),
  );
}
