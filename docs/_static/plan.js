// The twin of src/wardround/planner: a test holds both to one text, so change them together.
(() => {
const $ = (id) => document.getElementById(id), form = $("plan-form"), box = $("plan-text");
const element = (tag, what) => Object.assign(document.createElement(tag), what);
const root = new URL(document.documentElement.dataset.content_root, location).href;
const site = location.protocol === "file:" ? form.dataset.site : root;
const DAY = 864e5; // in UTC: no day has 23 hours

// loaded with the first plan
let data, lines, months, roles, ways;
const material = () => data || new Promise((done) => {
	window.wardroundPlan = (given) => done(({ lines, months, roles, ways, ...data } = given));
	document.head.append(element("script", { src: form.dataset.material }));
});

// -- schedule.py --
function schedule(wish) {
	let { start: first, pathway, domain } = wish, number = 0;
	let reading = [...pathway.reading];
	if (domain) reading = [domain.read, ...reading.filter((page) => !page.domain)];
	const phases = pathway.phases.map((phase) => {
		const reads = phase.weeks.map(() => reading.shift()), weeks = [];
		const waiting = phase.weeks.flatMap((week, of) => week.tasks.map(([text, left, range, way]) => ({ text, left, range, way: ways[way], of, parts: [] })));
		for (let begun = 0; waiting.length; first += 7 * DAY) {
			const free = [0, 1, 2, 3, 4, 5, 6].map((n) => first + n * DAY).filter((day) => !wish.skip.some(([a, b]) => a <= day && day <= b));
			const hours = Math.floor((2 * wish.hours * free.length) / 7) / 2;
			const week = { dates: span(first, first + 6 * DAY), free, hours, tasks: [] };
			weeks.push(week);
			if (!hours) continue;
			week.number = ++number;
			begun++;
			let room = hours, item;
			while ((item = waiting[0]) && room > 0 && item.of < begun) {
				const now = Math.min(item.left, room);
				if (item.left > room && week.tasks.length && Math.min(room, item.left - room) < 1) break;
				item.parts.push(now);
				week.tasks.push({ ...item, now, part: item.parts.length });
				room -= now;
				if (!(item.left -= now)) waiting.shift();
			}
			const of = [...new Set(week.tasks.map((item) => item.of))];
			week.title = `Week ${week.number}: ${of.map((n) => phase.weeks[n].focus).join("; then ")}`;
			week.load = fill(lines.load, { used: hours - room, hours });
			week.reads = of.map((n) => reads[n]).filter(Boolean);
			of.forEach((n) => delete reads[n]);
		}
		return { ...phase, weeks, first: weeks.find((week) => week.number).free[0], due: weeks.at(-1).free.at(-1) };
	});
	return { ...wish, phases, count: number };
}

// -- markdown.py --
const iso = (day) => new Date(day).toISOString().slice(0, 10);
function span(first, last = first) {
	const [a, b] = [first, last].map((day) => iso(day).split("-"));
	const part = (date, n) => [+date[2], months[date[1] - 1], date[0]].slice(0, n).join(" ");
	const end = part(b, 3);
	if (first === last) return end;
	if (a[0] !== b[0]) return `${part(a, 3)} to ${end}`;
	return a[1] === b[1] ? `${part(a, 1)}-${end}` : `${part(a, 2)} to ${end}`;
}
const told = ({ text, part, parts }) => text + (parts.length > 1 ? ` (part ${part} of ${parts.length})` : "");
const fill = (text, gaps) => text.replace(/{(\w+)}/g, (gap, name) => gaps[name] ?? gap);
const sited = (text) => fill(text, { site });

function markdown({ pathway, domain, start, hours, skip, phases, count }) {
	const out = [fill(lines.title, pathway), "", fill(lines.whole, { ...pathway, dates: span(start, phases.at(-1).due), count, hours }), ""];
	if (count > pathway.usual) out.push(fill(lines.longer, { ...pathway, hours, count, off: skip.length ? " and with your days off" : "" }));
	if (hours > pathway.most) out.push(fill(lines.ahead, pathway));
	if (skip.length) out.push(fill(lines.off, { dates: skip.map((days) => span(...days)).join("; ") }));
	out.push(lines.middle, "", pathway.before);
	if (domain) out.push(domain.head, ...pathway.roles[domain.id].map((n) => roles[n]), "");
	else out.push(data.noDomain);
	for (const phase of phases) {
		out.push(`## Phase ${phase.number}: ${phase.title}`, "", `${span(phase.first, phase.due)}. ${phase.head}`);
		for (const { dates, free, number, title, load, reads, tasks } of phase.weeks) {
			if (!number) { out.push(`### ${dates}: off`, ""); continue; }
			const off = free.length < 7 ? `, ${7 - free.length} of 7 days off` : "";
			out.push(`### ${title}`, "", `${dates}${off}. ${load}`, "", ...reads.map((page) => page.line));
			for (const item of tasks) out.push(`- [ ] ${told(item)}${item.way[0]} *${item.parts.length > 1 ? `about ${item.now} of ` : ""}${item.range} hours*`);
			out.push("");
		}
		out.push(`### Due on ${span(phase.due)}`, "", phase.end);
	}
	const off = skip.map(([first, last]) => ` --skip ${iso(first)}${last > first ? `..${iso(last)}` : ""}`).join("");
	out.push(lines.again, "", `    wardround plan ${pathway.id}${domain ? ` --domain ${domain.id}` : ""} --start ${iso(start)} --hours ${hours}${off}`, "");
	return sited(out.join("\n"));
}

// -- calendar.py --
function calendar({ pathway, phases }) {
	const day = (t) => iso(t).replaceAll("-", ""), now = new Date();
	const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replaceAll("\n", "\\n");
	const folded = (line) => { // at 75 bytes
		let out = "", length = 0;
		for (const sign of line) {
			const size = new TextEncoder().encode(sign).length;
			if (length + size > 75) [out, length] = [out + "\r\n ", 1];
			[out, length] = [out + sign, length + size];
		}
		return out;
	};
	const out = ["BEGIN:VCALENDAR", "VERSION:2.0", `PRODID:${data.prodid}`, `X-WR-CALNAME:${escaped(pathway.calendar)}`];
	const add = (what, page, days, title, text) => out.push("BEGIN:VEVENT", `UID:${pathway.id}-${what}@wardround`,
		`DTSTAMP:${now.toISOString().replace(/[-:]|\.\d+/g, "")}`, `SEQUENCE:${Math.floor((now - Date.UTC(2020, 0)) / 6e4)}`,
		`DTSTART;VALUE=DATE:${day(days[0])}`, `DTEND;VALUE=DATE:${day(days.at(-1) + DAY)}`, `SUMMARY:${escaped(title)}`,
		`DESCRIPTION:${escaped(text)}`, `URL:{site}${page}.html`, "TRANSP:TRANSPARENT", "END:VEVENT");
	for (const { number, page, title, weeks, due, end } of phases) {
		for (const week of weeks) if (week.number) add(`week-${week.number}`, page, week.free, week.title, [
			week.load, ...week.reads.map((page) => page.entry),
			...week.tasks.map((item) => `- ${told(item)}${item.way[1]}`)].join("\n"));
		add(`phase-${number}`, page, [due], `Due: ${title}`, end.replaceAll("**", "").replaceAll("- [ ] ", "- ").trim());
	}
	return [...out, "END:VCALENDAR", ""].map((line) => folded(sited(line))).join("\r\n");
}

// -- wish.py --
const now = new Date(), today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());

function wished() {
	const { validity } = $("plan-hours"), number = (input) => input.valueAsNumber, start = number($("plan-start")), hours = number($("plan-hours"));
	let wrong;
	const check = (inputs, faults) => { // the sentences stand in the form
		const found = Object.keys(faults).find((name) => faults[name]), place = inputs[0].closest(".plan-field").querySelector(".plan-fault");
		place.textContent = place.dataset[found] || "";
		inputs.forEach((input) => (input.ariaInvalid = !!found));
		if (found) wrong ||= inputs[0];
	};
	check([$("plan-start")], { empty: isNaN(start), past: start < today, far: start > today + form.dataset.years * 365 * DAY });
	check([$("plan-hours")], { half: validity.stepMismatch, range: !validity.valid });
	const skip = {};
	for (const row of form.querySelectorAll(".plan-days")) {
		const inputs = [...row.querySelectorAll("input")], [from, to] = inputs.map(number), first = from || to, last = to || from;
		check(inputs, { half: inputs.some((input) => input.validity.badInput), reversed: last < first, past: last < start, long: last - first >= 366 * DAY });
		if (first) skip[[first, last]] = [first, last];
	}
	wrong?.focus();
	const pathway = data.pathways[$("plan-pathway").value], domain = data.domains[$("plan-domain").value];
	return wrong ? null : { pathway, domain, start, hours, skip: Object.values(skip).sort((a, b) => a[0] - b[0] || a[1] - b[1]) };
}

// -- the page --
function put(parent, tag, text) {
	const made = element(tag);
	for (const piece of text.split(/(\[.+?\]\(.+?\)|\*\*.+?\*\*|\*.+?\*|`.+?`)/)) {
		const link = piece.match(/^\[(.+)\]\((.+)\)$/), mark = piece.match(/^(\*\*|\*|`)(.+)\1$/);
		if (link) put(made, "a", link[1]).href = link[2].replace(site, root);
		else if (mark) put(made, { "**": "b", "*": "i", "`": "code" }[mark[1]], mark[2]);
		else made.append(piece);
	}
	parent.append(made);
	return made;
}
let plan;
form.addEventListener("submit", async (event) => {
	event.preventDefault();
	await material();
	const wish = wished();
	if (!wish) return;
	plan = schedule(wish);
	box.textContent = "";
	let list;
	for (const line of markdown(plan).split("\n")) {
		const [, marks, title] = line.match(/^(#+) (.*)/) || [], [, todo, item] = line.match(/^- (\[ \] )?(.*)/) || [];
		if (!item) list = null;
		if (item) put((list ||= put(box, "ul", "")), "li", item).className = todo ? "plan-todo" : "";
		else if (line) put(box, marks ? `h${marks.length + 1}` : line.startsWith(" ") ? "pre" : "p", title || line.trim());
	}
	$("plan").hidden = false;
	box.firstChild.tabIndex = -1;
	box.firstChild.focus();
	$("plan").scrollIntoView();
});
$("plan").addEventListener("click", ({ target: { dataset: { save } } }) => {
	const make = { md: markdown, ics: calendar }[save];
	if (save === "print") print();
	if (!make) return;
	const href = URL.createObjectURL(new Blob([make(plan)], { type: `text/${make.name}` }));
	element("a", { href, download: `plan-${plan.pathway.id}.${save}` }).click();
});
const more = form.querySelector(".plan-more");
more.addEventListener("click", () => {
	const [row, ...rest] = form.querySelectorAll(".plan-days[hidden]");
	row.hidden = false;
	more.hidden = !rest.length;
	row.querySelector("input").focus();
});
$("plan-start").valueAsNumber = today + ((8 - new Date(today).getUTCDay()) % 7) * DAY; // the coming Monday
})();
