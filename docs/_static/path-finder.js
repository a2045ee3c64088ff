// Find your path: three choices, kept in the address, filter the roles that the page carries as data.
(() => {
  "use strict";
  const box = document.querySelector(".path-finder");
  const form = box.querySelector("form"), status = box.querySelector("[role=status]");
  const answer = box.querySelector(".path-finder-answer"), pay = box.querySelector(".path-finder-pay");
  const paths = JSON.parse(box.querySelector(".path-finder-data").textContent);
  const choices = { background: paths.backgrounds, domain: paths.domains, employer: paths.employers };
  const SHOWN = 5; // roles in sight; the others fold
  const SETTLED = 1000; // ms; arrow keys run through a list, and only where they rest is worth a step back

  // element("a", { href: "x" }, "text", child, null): text is never read as HTML, and nothing stands for nothing
  function element(tag, attributes, ...children) {
    const made = Object.assign(document.createElement(tag), attributes);
    made.append(...children.flat().filter((child) => child !== null && child !== ""));
    return made;
  }
  const link = (text, url) => (url ? element("a", { href: url, className: "reference internal" }, text) : text);
  const count = (number) => `${number} ${number === 1 ? "role" : "roles"}`;
  const joined = (items) => items.flatMap((item, place) => (place ? [" · ", item] : [item]));

  // Choices by id; an address may also name a background by another name, as in ?background=nurse.
  function chosen() {
    return Object.fromEntries(
      Object.entries(choices).map(([name, items]) => [name, items.find((item) => item.id === form.elements[name].value)])
    );
  }

  function matching({ background, domain, employer }) {
    return (background ? background.roles.map((place) => paths.roles[place]) : paths.roles)
      .filter((role) => !domain || role.domains.includes(paths.domains.indexOf(domain)))
      .filter((role) => !employer || role.employers.includes(paths.employers.indexOf(employer)));
  }

  function roleItem(role) {
    const level = role.level ? `, ${role.level} level` : "";
    const who = role.employers.map((place) => paths.employers[place].short).join(", ");
    return element("li", {}, element("strong", {}, role.name), role.pay ? ` (${role.pay}${level})` : level, element("br"),
      role.does, element("br"), element("span", { className: "path-finder-who" }, `Hired by: ${who}`));
  }

  function roleList(roles) {
    const list = (some) => element("ul", { className: "path-finder-roles" }, some.map(roleItem));
    const rest = roles.slice(SHOWN);
    return [list(roles.slice(0, SHOWN)), rest.length
      ? element("details", {}, element("summary", {}, `${rest.length} more`), list(rest)) : null];
  }

  // Nothing fits: say what would, one choice at a time.
  function looser(picked) {
    const ways = ["employer", "domain", "background"].filter((name) => picked[name]).map((name) => {
      const found = matching({ ...picked, [name]: undefined }).length;
      const button = element("button", { type: "button" }, `Leave out “${picked[name].short}”: ${count(found)}`);
      button.addEventListener("click", () => {
        form.elements[name].value = "";
        form.elements[name].focus(); // the button is about to go
        changed();
      });
      return found ? button : null;
    });
    return element("p", { className: "choices-buttons" }, ways);
  }

  // What the background's own section, further down, says of phases and pages to read: copied, so that it is said once.
  function route(background) {
    const section = document.getElementById(`path-${background.id}`);
    const phases = section.querySelector(":scope > ul");
    return {
      first: phases.querySelector("a"),
      parts: [
        element("h2", {}, "Your 90 days"), phases.previousElementSibling, phases,
        element("h2", {}, section.querySelector("summary").textContent.trim()), section.querySelector("details ol"),
      ].map((part) => part.cloneNode(true)),
    };
  }

  function show(unknown = []) {
    const picked = chosen(), names = Object.values(picked).filter(Boolean);
    const roles = matching(picked);
    answer.hidden = names.length === 0;
    const said = names.length ? `${count(roles.length)}: ${names.map((one) => one.short).join(" · ")}` : "";
    status.textContent = [...unknown.map((word) => `The address asks for “${word}”, which is not in the list.`), said].join(" ");
    pay.hidden = answer.hidden || !roles.some((role) => role.pay);
    if (answer.hidden) return answer.replaceChildren();
    const ninety = picked.background ? route(picked.background) : null;
    const onward = [
      ninety && ninety.first ? ninety.first.cloneNode(true) : null,
      ...[picked.domain, picked.employer].map((one) => (one && one.url ? link(one.name, one.url) : null)),
    ].filter(Boolean);
    answer.replaceChildren(...[
      onward.length ? element("p", {}, "Go on to: ", joined(onward)) : null,
      roles.length ? roleList(roles) : [element("p", {}, "We know of no role that joins these."), looser(picked)],
      ninety ? ninety.parts : element("p", {}, "Choose your background to see your 90 days and what to read."),
    ].flat().filter(Boolean));
  }

  let last = -Infinity;
  function changed() {
    const now = performance.now(), query = new URLSearchParams();
    for (const name of Object.keys(choices)) if (form.elements[name].value) query.set(name, form.elements[name].value);
    history[now - last > SETTLED ? "pushState" : "replaceState"](null, "", String(query) ? `?${query}` : location.pathname);
    last = now;
    show();
  }

  function fromAddress() {
    const query = new URLSearchParams(location.search), unknown = [];
    for (const [name, items] of Object.entries(choices)) {
      const asked = (query.get(name) || "").trim(), word = asked.toLowerCase();
      const found = items.find((item) => [item.id, item.short, ...(item.aliases || [])].some((one) => one.toLowerCase() === word));
      form.elements[name].value = found ? found.id : "";
      if (asked && !found) unknown.push(asked);
    }
    last = -Infinity;
    show(unknown);
  }

  form.addEventListener("change", changed);
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("popstate", fromAddress);
  form.hidden = false;
  box.querySelector(".path-finder-plain").hidden = true;
  fromAddress();
  performance.mark("path-finder-ready");
})();
