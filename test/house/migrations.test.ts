import { describe, expect, it } from "vitest";
import { lintMigration, lintNumbering } from "./migration-lint.ts";
import { readSource, sourceFiles } from "./sources.ts";

const folder = "worker/migrations/";
const files = sourceFiles(new RegExp(`^${folder}`));

describe("migrations survive Cloudflare's splitter", () => {
  it.each(files)("%s", (file) => {
    expect(lintMigration(readSource(file))).toEqual([]);
  });

  it("are listed in worker/db/migrations.ts, by which the Worker finds out what its database lacks", () => {
    const listed = [...readSource("worker/db/migrations.ts").matchAll(/"(.+\.sql)"/g)].map(([, name]) => name);
    expect(listed).toEqual(files.map((file) => file.slice(folder.length)).sort());
  });

  it("have a number each", () => {
    expect(files.length).toBeGreaterThan(0);
    expect(lintNumbering(files.map((file) => file.slice(folder.length)))).toEqual([]);
  });
});

const trigger = (body: string, end = "END") =>
  `CREATE TABLE t (a INTEGER) STRICT;\nCREATE TRIGGER x AFTER INSERT ON t BEGIN\n  ${body}\n${end};\n`;

describe("the lint of migrations", () => {
  it.each([
    ["a plain trigger", trigger("UPDATE t SET a = iif(NEW.a > 1, 2, 3);")],
    ["comments between statements", "-- first\nCREATE TABLE t (a);\n-- second\nCREATE TABLE u (a);\n"],
    ["CASE outside a trigger", "UPDATE t SET a = CASE WHEN a THEN 1 ELSE 2 END;\n"],
    ["forbidden words inside texts", trigger("INSERT INTO t VALUES ('it''s the end, in case; -- of');")],
  ])("accepts %s", (_, sql) => {
    expect(lintMigration(sql)).toEqual([]);
  });

  it.each([
    ["CASE in a trigger", trigger("UPDATE t SET a = CASE WHEN NEW.a THEN 1 ELSE 2 END;"), /CASE/],
    ["a lower-case end", trigger("UPDATE t SET a = 1;", "end"), /END in upper case/],
    ["a lower-case begin", trigger("UPDATE t SET a = 1;").replace("BEGIN", "begin"), /BEGIN in upper case/],
    ["CRLF", "CREATE TABLE t (a);\r\n", /LF/],
    ["a trailing comment", "CREATE TABLE t (a);\n-- done\n", /comment/],
    ["a trailing block comment", "CREATE TABLE t (a); /* done */\n", /comment/],
    ["an open last statement", "CREATE TABLE t (a)\n", /semicolon/],
    ["a missing line end", "CREATE TABLE t (a);", /line end/],
    ["a byte order mark", "\ufeffCREATE TABLE t (a);\n", /byte order/],
  ])("refuses %s", (_, sql, fault) => {
    expect(lintMigration(sql).join("; ")).toMatch(fault);
  });

  it("refuses a double and a stray name, and lets a gap be", () => {
    expect(lintNumbering(["0001_a.sql", "0010_b.sql"])).toEqual([]);
    expect(lintNumbering(["0001_a.sql", "0001_b.sql"])).toEqual(["0001_b.sql"]);
    expect(lintNumbering(["0001_a.sql", "notes.txt"])).toEqual(["notes.txt"]);
  });
});
