// While somebody types a name: the people of that name whom the site knows, to choose from. Without script the form asks once it is sent.
const Wait = 250;
let given = 0;
let open = null;

const fieldOf = target => target.matches?.("[data-person] > input:not([type=hidden])") ? target : null;

// Whatever was chosen before is not who is typed now.
function forget(box) {
  box.querySelector("fieldset.choices")?.remove();
  const input = box.querySelector("input:not([type=hidden])");
  let who = box.querySelector("[data-who]");
  if (!who) {
    who = Object.assign(document.createElement("input"), { type: "hidden", name: input.name.replace(/Name$/, "Who") });
    who.dataset.who = "";
    const chosen = Object.assign(document.createElement("span"), { className: "soft chosen" });
    chosen.dataset.chosen = "";
    box.append(who, chosen);
  }
  who.value = "";
  box.querySelector("[data-chosen]").textContent = "";
}

function close() {
  if (!open) return;
  clearTimeout(open.timer);
  open.list?.remove();
  open.input.setAttribute("aria-expanded", "false");
  open.input.removeAttribute("aria-activedescendant");
  open = null;
}

function show(state, people) {
  state.list?.remove();
  state.active = -1;
  state.people = people;
  state.input.setAttribute("aria-expanded", String(people.length > 0));
  state.input.removeAttribute("aria-activedescendant");
  if (people.length === 0) return;
  const list = Object.assign(document.createElement("ul"), { id: `people-${++given}`, className: "offered" });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "People of this name");
  people.forEach((person, index) => {
    const option = Object.assign(document.createElement("li"), { id: `${list.id}-${index}` });
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.append(person.name, Object.assign(document.createElement("span"), { className: "soft", textContent: ` ${person.about}` }));
    option.addEventListener("pointerdown", event => {
      event.preventDefault();
      choose(state, index);
    });
    list.append(option);
  });
  state.list = list;
  state.input.after(list);
  state.input.setAttribute("aria-controls", list.id);
}

function mark(state, index) {
  const options = [...state.list.children];
  state.active = (index + options.length) % options.length;
  options.forEach((option, at) => option.setAttribute("aria-selected", String(at === state.active)));
  state.input.setAttribute("aria-activedescendant", options[state.active].id);
  options[state.active].scrollIntoView({ block: "nearest" });
}

function choose(state, index) {
  const person = state.people[index];
  const { input, box } = state;
  close();
  forget(box);
  input.value = person.name;
  box.querySelector("[data-shown]").value = person.name;
  box.querySelector("[data-who]").value = person.id;
  box.querySelector("[data-chosen]").textContent = person.about;
  // Autosave hears of it as of anything that is typed.
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

async function find(state) {
  const answer = await fetch(`/my/people?q=${encodeURIComponent(state.input.value)}`).catch(() => null);
  if (!answer?.ok || open !== state) return;
  const people = await answer.json();
  if (open === state) show(state, people);
}

document.addEventListener("input", event => {
  const input = fieldOf(event.target);
  if (!input) return;
  const box = input.closest("[data-person]");
  if (open?.input !== input) close();
  forget(box);
  open ??= { input, box, people: [], active: -1 };
  const state = open;
  clearTimeout(state.timer);
  state.timer = setTimeout(() => find(state), Wait);
});

document.addEventListener("keydown", event => {
  if (!open?.list || event.target !== open.input || event.altKey || event.ctrlKey || event.metaKey) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) mark(open, open.active < 0 && step < 0 ? -1 : open.active + step);
  else if (event.key === "Enter" && open.active >= 0) choose(open, open.active);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
});

document.addEventListener("focusin", event => {
  const input = fieldOf(event.target);
  if (open && open.input !== input) close();
  if (!input || input.getAttribute("role")) return;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
});
