// Statements, read out of the very N-Quads whose hash was signed: what is shown is what was verified.
// https://www.w3.org/TR/rdf-canon/#canonical-quads

const IRI = '<([^<>"{}|^`\\\\\\x00-\\x20]*)>';
const BLANK = "_:[A-Za-z0-9]+";
const LITERAL = `"((?:[^"\\\\\\n\\r]|\\\\.)*)"(?:\\^\\^${IRI}|@([A-Za-z0-9-]+))?`;
const QUAD = new RegExp(`^(?:${IRI}|(${BLANK})) ${IRI} (?:${IRI}|(${BLANK})|${LITERAL})( .+)? \\.$`, "u");
const ESCAPES = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f", '"': '"', "\\": "\\" };
const MOST_STATEMENTS = 20_000;

const unescaped = (text) =>
  text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/gsu, (_, four, eight, one) => {
    if (four || eight) return String.fromCodePoint(parseInt(four ?? eight, 16));
    if (!Object.hasOwn(ESCAPES, one)) throw new Failed("viewer.statements");
    return ESCAPES[one];
  });

/** The default graph of canonical N-Quads. */
class Graph {
  constructor(text) {
    this.statements = [];
    const lines = text.split("\n");
    if (lines.pop() !== "" || lines.length > MOST_STATEMENTS) throw new Failed("viewer.statements");
    for (const line of lines) {
      const found = QUAD.exec(line);
      if (!found) throw new Failed("viewer.statements");
      const [, iri, blank, predicate, object, node, value, datatype, language, graph] = found;
      if (graph) continue; // statements of others that are carried along, such as endorsements
      const literal = value === undefined ? undefined : unescaped(value);
      this.statements.push({
        subject: iri === undefined ? blank : iri,
        predicate,
        object: object ?? node ?? literal,
        literal: literal !== undefined,
        datatype,
        language,
      });
    }
  }

  /** What `subject` states by `predicate`, in the order of the lines. */
  all(subject, predicate) {
    return this.statements.filter((each) => each.subject === subject && each.predicate === predicate);
  }

  /** The one subject that states this: two would leave it open which is meant. */
  only(predicate, object) {
    const found = this.statements.filter((each) => each.predicate === predicate && each.object === object);
    if (found.length !== 1) throw new Failed("viewer.statements");
    return found[0].subject;
  }

  one(subject, predicate, literal) {
    const found = this.all(subject, predicate).filter((each) => each.literal === literal);
    if (found.length > 1) throw new Failed("viewer.statements");
    return found[0]?.object;
  }

  text(subject, predicate) {
    return this.one(subject, predicate, true);
  }

  iri(subject, predicate) {
    return this.one(subject, predicate, false);
  }

  /** Every node that `subject` points to. */
  nodes(subject, predicate) {
    return this.all(subject, predicate)
      .filter((each) => !each.literal)
      .map((each) => each.object);
  }

  /** The values of a member by their languages. */
  byLanguage(subject, predicate) {
    return Object.fromEntries(this.all(subject, predicate).map((each) => [each.language, each.object]));
  }

  /** A JSON literal. */
  json(subject, predicate) {
    const text = this.text(subject, predicate);
    return text === undefined ? undefined : parsed(text);
  }
}
