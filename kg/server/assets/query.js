// Puts the page together: the address holds the question and its values, or the query, so a link shows what you see.

const at = (id) => document.getElementById(id);
const [asked, about, parameters, fault, said, downloads] = ["asked", "about", "parameters", "fault", "said", "downloads"].map(at);
const FORMS = {
  rows: { csv: "CSV", tsv: "TSV", json: "JSON", xml: "XML" },
  triples: { turtle: "Turtle", jsonld: "JSON-LD", nt: "N-Triples", rdfxml: "RDF/XML", csv: "CSV" },
};
const TITLE = [asked.textContent, about.textContent];

let question = null; // the saved question that stands in the editor, as it was saved but for its values
let running = 0; // the number of the question last asked: an answer to another comes too late

const values = () => new URLSearchParams([...new FormData(parameters)]);

// Below which address the answer is, for links and downloads.
const source = () =>
  question ? `/question/${encodeURIComponent(question.name)}?${values()}` : `/sparql?${new URLSearchParams({ query: field.value })}`;

const hash = () => {
  if (!question) return field.value ? `#${new URLSearchParams({ query: field.value })}` : "";
  const all = new URLSearchParams({ question: question.name });
  for (const [name, value] of values()) all.append(name, value);
  return `#${all}`;
};

const problem = (told) => {
  fault.textContent = told.detail ?? String(told);
  fault.hidden = false;
  said.textContent = "";
  markFault(told.line, told.column);
};

const fetched = async (address, options) => {
  const accept = "application/sparql-results+json, application/problem+json;q=0.9";
  const reply = await fetch(address, { ...options, headers: { Accept: accept } });
  const kind = reply.headers.get("content-type") ?? "";
  if (reply.ok) return kind.includes("json") ? reply.json() : reply.text();
  throw kind.includes("problem+json") ? await reply.json() : { detail: (await reply.text()) || `The server answered ${reply.status}.` };
};

const clear = () => {
  fault.hidden = true;
  markFault();
  tableBox.replaceChildren();
  downloads.replaceChildren();
  more.hidden = true;
};

const showDownloads = () => {
  const forms = FORMS[givesTriples(field.value) ? "triples" : "rows"];
  const links = Object.entries(forms).map(([form, name]) => el("a", { href: `${source()}&format=${form}`, download: `${question?.name ?? "answer"}.${form}` }, name));
  downloads.replaceChildren("Take it as ", ...links.flatMap((one) => [one, " "]));
};

// `fresh` makes a new step for "back"; the keyboard goes to a fault only when a person asked just now.
const ask = async ({ fresh = true } = {}) => {
  const mine = ++running;
  clear();
  said.textContent = "Asking …";
  if (fresh && location.hash !== hash()) history.pushState(null, "", hash() || location.pathname);
  try {
    if (question) fill(await fetched(`${source()}&format=rq`));
    const body = new URLSearchParams({ query: field.value, labels: "1" });
    const answer = await fetched("/sparql", { method: "POST", body });
    if (mine !== running) return;
    said.textContent = showAnswer(answer);
    showDownloads();
  } catch (told) {
    if (mine !== running) return;
    problem(told instanceof Error ? { detail: `The server does not answer (${told.message}).` } : told);
    if (!fresh || wrong < 0) return;
    field.focus();
    field.setSelectionRange(wrong, wrong);
  }
};

const TYPES = { day: "date", number: "number" };
const input = ({ name, about: told, default: value, kind }, given) => {
  const id = `parameter-${name}`;
  const names = kind === "thing" && el("datalist", { id: `names-${name}` }, here.names.slice(0, 2000).map(([, label]) => el("option", { value: label })));
  return el(
    "p",
    {},
    el("label", { for: id }, name, el("span", { class: "muted" }, " ", told)),
    el("input", { id, name, type: TYPES[kind] ?? "text", value: given ?? value, autocomplete: "off", required: true, list: names && `names-${name}` }),
    names || null,
  );
};

const show = (one, given = new URLSearchParams()) => {
  question = one;
  [asked.textContent, about.textContent] = one ? [one.summary, `${one.name} · ${one.tags.join(", ")}`] : TITLE;
  document.title = one ? one.summary : "Ask the graph";
  parameters.hidden = !one?.parameters.length;
  parameters.replaceChildren(...(one?.parameters ?? []).map((each) => input(each, given.get(each.name))));
  for (const item of document.querySelectorAll("#questions a")) item.setAttribute("aria-current", String(item.dataset.name === one?.name));
};

// The state that the address asks for.
const open = () => {
  const wanted = new URLSearchParams(location.hash.slice(1));
  const one = here.questions.find(({ name }) => name === wanted.get("question"));
  show(one ?? null, wanted);
  fill(one?.sparql ?? wanted.get("query") ?? "");
  clear();
  said.textContent = "";
  if (wanted.has("question") && !one) problem({ detail: `No saved question has the name ${wanted.get("question")}.` });
  else if (field.value) return ask({ fresh: false });
};

const listQuestions = () => {
  const typed = folded(at("find").value.trim());
  const some = here.questions.filter(({ name, summary, tags }) => folded([name, summary, ...tags].join(" ")).includes(typed));
  at("questions").replaceChildren(
    ...some.map(({ name, summary, tags }) =>
      el(
        "li",
        {},
        el("a", { href: `#question=${encodeURIComponent(name)}`, "data-name": name, "aria-current": String(name === question?.name) }, summary),
        el("span", { class: "muted" }, " ", tags.join(", ")),
      ),
    ),
  );
  at("found").textContent = typed ? `${some.length} found` : "";
};

field.addEventListener("input", () => {
  fault.hidden = true;
  if (question) show(null);
});
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  close();
  ask();
});
at("ask").addEventListener("click", () => ask());
parameters.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
parameters.addEventListener("change", () => parameters.checkValidity() && ask());
at("find").addEventListener("input", listQuestions);
at("copy").addEventListener("click", async () => {
  const address = `${location.origin}${location.pathname}${hash()}`;
  try {
    await navigator.clipboard.writeText(address);
    at("copied").textContent = "Copied.";
  } catch {
    at("copied").textContent = address;
  }
});
window.addEventListener("popstate", open);

at("main").setAttribute("aria-busy", "true");
learn()
  .then(() => {
    listQuestions();
    at("main").removeAttribute("aria-busy");
    // Who has begun to write meanwhile goes on.
    if (location.hash || !field.value) return open();
  })
  .catch((error) => problem({ detail: error.message }));
