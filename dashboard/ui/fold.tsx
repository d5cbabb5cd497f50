import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

type Props = {
  title: string;
  /** Whether something in it is set: it stands open from the start. */
  isSet: boolean;
  /** Whether something in it is to be put right: it opens. */
  isWrong: boolean;
  children: ComponentChildren;
};

/** What few readers need, behind a line that opens it. It never closes by itself: the reader may be writing in it. */
export function Fold({ title, isSet, isWrong, children }: Props) {
  const ref = useRef<HTMLDetailsElement>(null);
  const isOpenAtFirst = useRef(isSet || isWrong);
  useEffect(() => {
    if (isWrong && ref.current) ref.current.open = true;
  }, [isWrong]);
  return (
    <details ref={ref} class="fold" open={isOpenAtFirst.current}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}
