type Row = { key: string; label: string; href?: string | undefined };

/**
 * The rows of a chart that lead somewhere, as links over the drawing: whoever cannot see the drawing gets them by their whole
 * names. `top`: px above the first row; `height`: px of each.
 */
export function RowLinks({ rows, top, height }: { rows: readonly Row[]; top: number; height: number }) {
  return rows.map(
    ({ key, label, href }, index) =>
      href && (
        <a class="row-link" key={key} href={href} style={{ top: `${top + index * height}px`, height: `${height}px` }}>
          <span class="hidden">{label}</span>
        </a>
      ),
  );
}
