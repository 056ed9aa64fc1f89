// How a text is shown that anybody may have written: the same rules, and the same words for them, as
// `web/pages/shown_text.py` has; one table of tests holds both.

const MOST = 200; // clusters of a name or a title
const MOST_OF_A_TEXT = 600; // of a description: half a page of print
const WHOLE = 20000; // and characters of any text that are looked at
const LONGEST_CLUSTER = 16;
const MOST_MARKS = 8; // on one letter
const HIDDEN =
  /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\u2028-\u202e\u2800\u{1d159}\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e00ff}\u{e01f0}-\u{e0fff}]/u;
const SELECTORS = /[\u180b-\u180d\u180f\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;
const SKIN_TONES = /[\u{1f3fb}-\u{1f3ff}]/u;
const JOINER = "\u200d";
const REPLACEMENT = "\ufffd";

/** `{text, cut, altered, legible}`: `text` as it can be shown, at most `most` clusters of it. */
function shownText(text, most = MOST) {
  const all = Array.from(text); // by code points
  const characters = all.slice(0, Math.min(most * LONGEST_CLUSTER, WHOLE));
  const made = [];
  let [clusters, marks] = [0, 0];
  let [isOpen, cut, altered, legible, joined] = [false, false, false, false, false];
  for (const [place, character] of characters.entries()) {
    const isMark = /^\p{M}$/u.test(character);
    if (/^[\p{Zs}\t\n\r]$/u.test(character)) {
      isOpen = false;
      if (!made.length || !/^\s$/.test(made.at(-1))) made.push(/[\t\n\r]/.test(character) ? " " : character);
      continue;
    }
    if (isOpen && follows(characters, place, isMark, marks)) {
      marks += isMark ? 1 : 0;
      joined = character === JOINER;
      made.push(character);
      continue;
    }
    let shown = character;
    if (isMark || character === JOINER || HIDDEN.test(character) || SELECTORS.test(character)) {
      [altered, isOpen, shown] = [true, false, REPLACEMENT];
    } else {
      isOpen = character !== REPLACEMENT;
      legible ||= isOpen;
    }
    if (shown === REPLACEMENT && made.at(-1) === REPLACEMENT) continue;
    clusters += joined ? 0 : 1;
    [marks, joined] = [0, false];
    if (clusters > most) {
      cut = true;
      break;
    }
    made.push(shown);
  }
  cut ||= all.length > characters.length;
  const said = made.join("").trim();
  return { text: cut ? `${said}…` : said, cut, altered, legible };
}

/** Whether the character at `place` may stand behind the one before it, as a part of the same cluster. */
function follows(characters, place, isMark, marks) {
  const [before, character, after] = [characters[place - 1], characters[place], characters[place + 1]];
  if (SELECTORS.test(character)) return !SELECTORS.test(before) && before !== JOINER;
  if (character === JOINER) return after !== undefined && /^\p{So}$/u.test(after) && isEmoji(characters, place - 1);
  return isMark && marks < MOST_MARKS && !HIDDEN.test(character);
}

function isEmoji(characters, last) {
  const character = characters[SELECTORS.test(characters[last]) ? last - 1 : last];
  return character !== undefined && (/^\p{So}$/u.test(character) || SKIN_TONES.test(character));
}
