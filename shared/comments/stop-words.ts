/** Folded words of four letters and more that do not tell what a comment is about. */
import { foldText } from "./fold.ts";

const en = `about after again also always another anything because been before being best better both came cant could
  didnt does doesnt doing done dont down each even ever every everything excellent from gave gets getting give going good
  great have havent having here however into isnt it's its ive just keep know like little love made make makes many maybe
  more most much must need needs never nice nothing only other over perfect please quite really said same should since some
  something still such sure take than thank thanks that thats their them then there these they theyre thing things think
  this those though through time took under until used using very want wanted wants wasnt well went were what when where
  which while will with within without wont would wouldnt your youre`;
const uk = `адже авжеж але багато буде будемо будь були було бути вами вами взагалі вона вони воно все всього всім всіма
  ваша ваше ваші вашу весь вже від віддалік він втім геть головне дай далі два дещо дякую для довго дуже досі ж завжди
  замість зате зараз зовсім їхні інше інший кожен коли краще крім лише майже мало мене мені може можна можливо мого моя
  набагато навіть надто нам нами нас наче нашу наші немає нехай нічого ніби ніколи нормально один одна одне однак окрім
  особливо отже перед після поки просто проте сама саме самі свої своє свою себе скрізь собі супер так така таке такий
  також там тепер тільки тому тоді тобто трохи тут хоча хочу хотів цей цього цьому через чого чому чудово якби який якщо
  якось яка яке які більше був була швидше`;
const ru = `более больше будет буду будто была были было быть вами ваша ваше ваши вашу ведь весь вообще всегда всего всех
  всем всеми вот все даже далее делать для долго если есть еще зато здесь именно иногда каждый кажется какая какой когда
  которая которые который конечно кроме кто куда лучше мало меня мне много может можно мой моя надо нами наша наши него
  нельзя нет ничего никогда нормально нужно один одна однако около они оно опять отлично очень перед поэтому после потом
  почему почти просто против раз разве сама сами самый свои свой свою себе себя сейчас слишком снова совсем спасибо так
  также такая такие такой там тебя теперь того тоже только тогда тому тут ужасно хорошо хотел хотя хочу чего чем через
  что чтобы этого этом этот эта эти супер`;
const others = `aber auch dass eine einen haben nicht noch oder sehr sich sind wenn wird muss dans elle mais nous pour
  sont tout tres vous avec cette este esta pero para porque como todo muito mais nao uma على هذا هذه التي الذي كان لكن`;

export const stopWords: ReadonlySet<string> = new Set(foldText(`${en} ${uk} ${ru} ${others}`).split(" "));
