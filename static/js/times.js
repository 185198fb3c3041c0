// Turns absolute times into „acum 5 minute” and „ieri la 14:20”; older ones of this year lose their year and hour.
const zone = "Europe/Bucharest";
const relative = new Intl.RelativeTimeFormat("ro", { numeric: "always" });
const clock = new Intl.DateTimeFormat("ro", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("en-CA", { timeZone: zone });

// title is the time as the server wrote it: „21 nov. 2026, 13:40”.
function ago(date, title, now = new Date()) {
  const minutes = Math.floor((now - date) / 60000);
  if (minutes < 0) return null;
  if (minutes < 1) return "chiar acum";
  if (minutes < 60) return relative.format(-minutes, "minute");
  if (day.format(date) === day.format(now)) return relative.format(-Math.floor(minutes / 60), "hour");
  if (day.format(date) === day.format(new Date(now - 86400000))) return `ieri la ${clock.format(date)}`;
  const words = title.split(/[ ,]+/);
  return words[2] === String(now.getFullYear()) ? `${words[0]} ${words[1]}` : null;
}

function refresh(root = document) {
  for (const el of root.querySelectorAll("time[data-relative]")) {
    el.title ||= el.textContent;
    el.textContent = ago(new Date(el.dateTime), el.title) ?? el.title;
  }
}

refresh();
setInterval(refresh, 60000);
document.addEventListener("htmx:after:swap", () => refresh());
