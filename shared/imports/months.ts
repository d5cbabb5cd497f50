/** How the names of the months begin, in the languages in which exports write them out. */
const beginnings = [
  ["jan", "січ", "янв"],
  ["feb", "лют", "фев"],
  ["mar", "бер", "мар"],
  ["apr", "кві", "апр"],
  ["may", "тра", "май", "мая"],
  ["jun", "чер", "июн"],
  ["jul", "лип", "июл"],
  ["aug", "сер", "авг"],
  ["sep", "вер", "сен"],
  ["oct", "жов", "окт"],
  ["nov", "лис", "ноя"],
  ["dec", "гру", "дек"],
];

/** The month's number, "1" to "12", by its name or the beginning of it; "" for any other word. */
export function monthOf(name: string): string {
  const begins = name.toLowerCase().slice(0, 3);
  const index = beginnings.findIndex((words) => words.includes(begins));
  return index < 0 ? "" : String(index + 1);
}
