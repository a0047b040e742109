const CHARACTERS_A_TOKEN = 4;
const characters = { read: 0, written: 0 };

/** What the script has taken in: what a command answered, what a program printed. */
export function hasRead(text) {
  characters.read += text.length;
}

/** What the script has put out: its words, the files it wrote, the commands it gave. */
export function hasWritten(text) {
  characters.written += text.length;
}

/** What a model would have used for the same, about: no model took part, but the text was really read and written. */
export function tokensUsed() {
  const tokens = (count) => String(Math.ceil(count / CHARACTERS_A_TOKEN));
  return { input: tokens(characters.read), output: tokens(characters.written) };
}
