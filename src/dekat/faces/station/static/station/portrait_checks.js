/* What one small camera frame shows, as numbers between 0 and 1 where nothing else is said. No DOM in here. */

export const WIDTH = 200;
export const HEIGHT = 150;

const CLOTH = {
  RED: (r, g, b) => r > 1.7 * g && r > 1.5 * b && r > 50,
  BLUE: (r, g, b) => b > 1.35 * r && b > 1.15 * g && b > 50,
  ORANGE: (r, g, b) => r > 1.2 * g && g > 1.5 * b && r > 70,
};

/* Skin by chromaticity: holds for dark and light skin alike, because brightness is divided out. */
const isSkin = (r, g, b) => {
  const sum = r + g + b + 1;
  const red = r / sum;
  const green = g / sum;
  return r > 45 && red > 0.36 && red < 0.5 && green > 0.27 && green < 0.36;
};

export function measure(data, cloth) {
  const luma = new Float32Array(WIDTH * HEIGHT);
  const face = facePixels(data, luma);
  const mean = (x0, x1, y0, y1) => average(luma, x0, x1, y0, y1);
  const left = mean(face.x - face.halfWidth * 0.7, face.x - face.halfWidth * 0.2, face.y - 15, face.y + 20);
  const right = mean(face.x + face.halfWidth * 0.2, face.x + face.halfWidth * 0.7, face.y - 15, face.y + 20);
  return {
    x: face.x / WIDTH,
    y: face.y / HEIGHT,
    skin: face.count / (WIDTH * HEIGHT),
    light: (left + right) / 2,
    even: Math.min(left, right) / Math.max(left, right, 1),
    darkSide: left < right ? "left" : "right",
    sharp: sharpness(luma),
    cloth: clothShare(data, CLOTH[cloth]),
  };
}

export function verdicts(m) {
  return {
    position: m.skin > 0.02 && Math.abs(m.x - 0.5) < 0.06 && Math.abs(m.y - 0.48) < 0.11,
    size: m.skin > 0.06 && m.skin < 0.26,
    light: m.light > 60 && m.light < 225,
    even: m.even > 0.78,
    sharp: m.sharp > 30,
    cloth: m.cloth > 0.75,
  };
}

function facePixels(data, luma) {
  let sumX = 0, sumY = 0, count = 0, spread = 0;
  const columns = new Float32Array(WIDTH);
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const i = (y * WIDTH + x) * 4;
      luma[y * WIDTH + x] = 0.299 * data[i] + 0.587 * data[i + 1] + 0.114 * data[i + 2];
      if (y < HEIGHT * 0.85 && isSkin(data[i], data[i + 1], data[i + 2])) {
        sumX += x; sumY += y; count += 1; columns[x] += 1;
      }
    }
  }
  const x = count ? sumX / count : WIDTH / 2;
  for (let column = 0; column < WIDTH; column += 1) spread += columns[column] * Math.abs(column - x);
  return { x, y: count ? sumY / count : HEIGHT / 2, halfWidth: count ? (spread / count) * 2 : 30, count };
}

function average(luma, x0, x1, y0, y1) {
  let sum = 0, count = 0;
  for (let y = Math.max(0, y0 | 0); y < Math.min(HEIGHT, y1); y += 1) {
    for (let x = Math.max(0, x0 | 0); x < Math.min(WIDTH, x1); x += 1) { sum += luma[y * WIDTH + x]; count += 1; }
  }
  return count ? sum / count : 0;
}

function sharpness(luma) {
  let sum = 0, count = 0;
  for (let y = 1; y < HEIGHT - 1; y += 1) {
    for (let x = (WIDTH * 0.3) | 0; x < WIDTH * 0.7; x += 1) {
      const i = y * WIDTH + x;
      const edge = 4 * luma[i] - luma[i - 1] - luma[i + 1] - luma[i - WIDTH] - luma[i + WIDTH];
      sum += edge * edge; count += 1;
    }
  }
  return sum / count;
}

/* The four corners inside the frame: the server measures the whole border again. */
function clothShare(data, isCloth) {
  let hits = 0, count = 0;
  for (const [x0, y0] of [[46, 6], [136, 6], [46, 44], [136, 44]]) {
    for (let y = y0; y < y0 + 16; y += 1) {
      for (let x = x0; x < x0 + 16; x += 1) {
        const i = (y * WIDTH + x) * 4;
        if (isCloth(data[i], data[i + 1], data[i + 2])) hits += 1;
        count += 1;
      }
    }
  }
  return hits / count;
}
