import type { CommentItem } from "../../../shared/schema/comment.ts";
import type { Page } from "../../../shared/schema/paging.ts";
import { hrefTo } from "../../address/routes.ts";
import { commentsPath } from "../../data/api-paths.ts";
import { may } from "../../data/session.ts";
import { useReply } from "../../data/use-reply.ts";
import { t } from "../../i18n/translate.ts";
import { CommentText } from "../../ui/comment-text.tsx";
import { Waiting } from "../../ui/states.tsx";

/** What the same person wrote before. */
export function EarlierComments({
  survey,
  respondent,
  except,
}: {
  survey: string;
  respondent: string;
  except: string;
}) {
  const path = commentsPath(survey, { respondent });
  const { value, refusal } = useReply<Page<CommentItem>>(path).value;
  const others = value?.items.filter((comment) => comment.id !== except) ?? [];
  if (!value && !refusal) return <Waiting />;
  return (
    <section class="earlier">
      <h3>{t("earlier")}</h3>
      {others.length === 0 && <p>{t(refusal ? "not_here" : "earlier_none")}</p>}
      <ol>
        {others.map((comment) => (
          <li key={comment.id}>
            <CommentText comment={comment} href={hrefTo("comments", { survey, response: comment.id })} />
          </li>
        ))}
      </ol>
      {may("admin") && <a href={hrefTo("person", { person: respondent })}>{t("person_all")}</a>}
    </section>
  );
}
