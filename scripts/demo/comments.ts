import type { NpsGroup } from "../../shared/score.ts";

export type SampleLanguage = "en" | "uk" | "ru";

/** What the demo's made-up customers say, by language and by how they scored. */
export const sampleComments: Record<SampleLanguage, Record<NpsGroup, readonly string[]>> = {
  en: {
    promoter: [
      "Ordered on Tuesday, wore it on Thursday. The fit guide was spot on.",
      "The pan is heavier than I expected and better than I hoped.",
      "Friendly people on the phone. They found my size in another shop.",
      "Returns are painless. That is why I keep coming back.",
      "My third order this year. Never a wrong parcel.",
      "Real photos from other buyers. More shops should do that 🙂",
    ],
    passive: [
      "Good things, though the search rarely finds what I mean.",
      "All fine. Delivery could be a day quicker.",
      "Nice quality, but I wish you kept more of the small sizes.",
      "Decent prices. The newsletter comes too often.",
      "The lamp is lovely; its manual is a riddle.",
    ],
    detractor: [
      "The courier promised Monday, then Wednesday, then nothing at all.",
      "Half of the seedlings were dry when the box arrived.",
      "Paid for express and waited nine days.",
      "The checkout lost my basket twice.",
      "Nobody answered my email about the refund.",
    ],
  },
  uk: {
    promoter: [
      "Замовила ввечері, а вже наступного дня забрала. Дуже швидко!",
      "Якість чудова, розмір підійшов ідеально.",
      "Ввічлива підтримка: допомогли обрати подарунок за п’ять хвилин.",
      "Сковорода просто клас, дякую!",
      "Купую у вас не вперше, завжди все акуратно запаковано.",
      "Повернення без зайвих питань. Раджу друзям.",
    ],
    passive: [
      "Загалом добре, але доставка могла б бути швидшою.",
      "Гарний вибір, та пошук на сайті незручний.",
      "Товар хороший, пакування трохи пом’яте.",
      "Ціни нормальні, хотілося б більше знижок для постійних покупців.",
      "Усе гаразд, тільки забагато листів на пошту.",
    ],
    detractor: [
      "Чекала на доставку майже два тижні, ніхто нічого не пояснив.",
      "Саджанці приїхали сухі, половину довелося викинути.",
      "Гроші за повернення досі не прийшли.",
      "Кур’єр не подзвонив і залишив коробку під дощем.",
      "Сайт двічі скинув мій кошик.",
    ],
  },
  ru: {
    promoter: [
      "Всё пришло раньше срока, спасибо!",
      "Отличное качество, ношу каждый день.",
      "Поддержка ответила за минуту и всё решила.",
      "Очень удобный выбор размера.",
    ],
    passive: [
      "В целом хорошо, но доставка дороговата.",
      "Вещь хорошая, цвет чуть темнее, чем на фото.",
      "Нормально, только приложение иногда зависает.",
    ],
    detractor: [
      "Доставку переносили три раза.",
      "Пришёл не тот размер, обмен занял две недели.",
      "Чашка разбилась в дороге, упаковка слишком тонкая.",
    ],
  },
};
