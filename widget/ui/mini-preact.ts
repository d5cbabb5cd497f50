/**
 * What stands in for Preact up to the first tap: the same JSX, drawn once, without the 4 kB that keep a drawing in
 * step with what changes. scripts/build.ts puts it under the name "preact" into the first artefact only.
 */
type Child = Node | string | number | boolean | null | undefined | Child[];
type Props = Record<string, unknown>;

export function h(type: string | ((props: Props) => Child), props: Props | null, ...children: Child[]): Child {
  if (typeof type === "function") return type({ ...props, children });
  const element = /^(svg|path)$/.test(type)
    ? document.createElementNS("http://www.w3.org/2000/svg", type)
    : document.createElement(type);
  for (const [name, value] of Object.entries(props ?? {}))
    if (/^on/.test(name)) element.addEventListener(name.slice(2).toLowerCase(), value as EventListener);
    else if (name === "style")
      for (const [property, each] of Object.entries(value ?? {}))
        (element as HTMLElement).style.setProperty(property, each);
    else if (value != null && value !== false) element.setAttribute(name, value as string);
  element.append(...flat(children));
  return element;
}

export const render = (child: Child, root: ShadowRoot) => root.replaceChildren(...flat([child]));

const flat = (children: Child[]) =>
  (children.flat(9) as Child[]).filter((child) => child != null && typeof child !== "boolean") as Node[];
