// Opening a file, by picking or dropping it, and the language of the page.

const LARGEST_FILE = 8 << 20; // bytes, as other readers of bundles take
let shown = null; // the report, or the code of what was no bundle

async function open(file) {
  const main = document.getElementById("main");
  main.setAttribute("aria-busy", "true");
  try {
    if (file.size > LARGEST_FILE) throw new Failed("bundle.syntax");
    const bytes = new Uint8Array(await file.arrayBuffer());
    let text;
    try {
      text = textOf(bytes);
    } catch {
      throw new Failed("bundle.syntax");
    }
    shown = await judge(readBundle(text), TRUST, new Date());
  } catch (error) {
    shown = { refused: finding(error).code };
  }
  main.removeAttribute("aria-busy");
  draw();
  document.getElementById(shown.refused ? "fault" : "verdict").focus();
}

function picker(id, code, main) {
  const input = element("input", {
    type: "file",
    id,
    class: "hidden",
    accept: ".json,application/json",
    onchange: (event) => event.target.files[0] && open(event.target.files[0]),
  });
  return [input, element("label", { for: id, class: main ? "button button-main" : "button" }, say(code))];
}

function start(fault) {
  const drop = element(
    "div",
    { class: "drop" },
    element("p", {}, say("viewer.drop")),
    ...picker("file", "viewer.pick", true),
  );
  return [
    element(
      "div",
      { class: "wrap" },
      element("div", { class: "title" }, element("h1", {}, say("viewer.title")), element("p", {}, say("viewer.intro"))),
      fault
        ? element(
            "p",
            { class: "state bad fault", id: "fault", role: "alert", tabindex: "-1" },
            icon("bad"),
            element("span", {}, say(fault)),
          )
        : undefined,
      drop,
      part(
        "trust",
        say("viewer.trust"),
        undefined,
        element(
          "div",
          { class: "stack" },
          element("p", {}, say("viewer.trust_text")),
          element("p", {}, element("code", {}, TRUST.id)),
          ...TRUST.verificationMethod.map((each) =>
            element("p", { class: "small" }, element("code", {}, each.publicKeyMultibase ?? each.id)),
          ),
        ),
      ),
    ),
  ];
}

function draw() {
  document.documentElement.lang = language;
  const report = shown && !shown.refused ? shown : null;
  document.title = report
    ? `${headline(report)[0].replace(/[。.]$/, "")} | ${say("viewer.name")}`
    : say("viewer.title");
  document.getElementById("name").textContent = ORGANIZATION[language === "ja" ? 0 : 1];
  document.getElementById("page-name").textContent = say("viewer.name");
  document.getElementById("skip").textContent = say("viewer.skip");
  document.getElementById("foot").textContent = say("viewer.offline");
  const other = document.getElementById("switch");
  other.lang = language === "ja" ? "en" : "ja";
  other.replaceChildren(icon("language"), language === "ja" ? "English" : "日本語");
  const band = document.getElementById("band");
  band.hidden =
    !report?.claims ||
    !(report.claims.testData || report.register.issuer.fictional || report.register.program.content.fictional);
  band.setAttribute("aria-label", label("Test data"));
  const invented = `${language === "ja" ? "　" : ". "}${label("All names and numbers are invented")}`;
  band.replaceChildren(element("p", { class: "wrap" }, element("b", {}, label("Test data")), invented));
  const again = element("p", { class: "row no-print again" }, ...picker("file", "viewer.another", false));
  document.getElementById("main").replaceChildren(...(report ? result(report, again) : start(shown?.refused)));
}

document.getElementById("switch").addEventListener("click", () => {
  language = language === "ja" ? "en" : "ja";
  draw();
});
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files[0]) open(event.dataTransfer.files[0]);
});
language = navigator.language.startsWith("ja") ? "ja" : "en";
draw();
