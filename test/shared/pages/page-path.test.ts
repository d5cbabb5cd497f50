import { expect, it } from "vitest";
import { limits } from "../../../shared/limits.ts";
import { pagePath } from "../../../shared/pages/page-path.ts";

it.each([
  ["https://shop.example", "/"],
  ["https://shop.example/", "/"],
  ["https://shop.example/checkout/", "/checkout"],
  ["https://shop.example/orders/1042/items", "/orders/items"],
  ["https://shop.example/orders/2026-11-30/9", "/orders"],
  ["https://shop.example/u/550e8400-e29b-41d4-a716-446655440000", "/u"],
  ["https://shop.example/s/srv_7k2m9q4x/edit", "/s/edit"],
  ["https://shop.example/c/507f1f77bcf86cd799439011", "/c"],
  ["https://shop.example/t/01ARZ3NDEKTSV4RRFFQ69G5FAV", "/t"],
  ["https://shop.example/people/ann@shop.example", "/people"],
  ["https://shop.example/phones/iphone-15-pro-256gb", "/phones/iphone-15-pro-256gb"],
  ["https://shop.example/phones/iphone15pro", "/phones/iphone15pro"],
  ["https://shop.example/v2/products/blue-chair-4711", "/v2/products/blue-chair-4711"],
  ["https://shop.example/%D0%B4%D0%BE%D1%81%D1%82%D0%B0%D0%B2%D0%BA%D0%B0", "/доставка"],
  ["https://shop.example/100%/sale", "/100%/sale"],
])("the page %s counts as %s", (page, path) => {
  expect(pagePath(page)).toBe(path);
});

it("counts a path that is longer than a value may be under its beginning", () => {
  expect(pagePath(`https://shop.example/${"a".repeat(400)}`)).toHaveLength(limits.propertyValueCharacters);
});
