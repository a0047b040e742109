/** The moon as lines of text: `#` where the sun reaches it, `%` for the seas, `.` for its dark side. */
export function drawMoon(turn, radius = 7) {
  const lines = [];
  for (let row = -radius; row <= radius; row += 1) {
    const y = row / (radius + 0.5);
    const half = Math.sqrt(1 - y * y);
    let line = '';
    for (let column = -2 * radius; column <= 2 * radius; column += 1) {
      const x = column / (2 * radius + 1);
      line += Math.abs(x) > half ? ' ' : isLit(turn, x, half) ? ground(x, y) : '.';
    }
    lines.push(line.trimEnd());
  }
  return lines;
}

/** Waxing, the light comes from the right; waning, it goes to the left. */
function isLit(turn, x, half) {
  const edge = Math.cos(2 * Math.PI * turn) * half;
  return turn < 0.5 ? x > edge : x < -edge;
}

const seas = [
  [-0.35, -0.4, 0.24],
  [0.25, -0.35, 0.2],
  [0.4, -0.05, 0.16],
  [-0.45, 0.1, 0.2],
];

function ground(x, y) {
  return seas.some(([left, top, size]) => Math.hypot(x - left, y - top) < size) ? '%' : '#';
}
