import { createApp, h } from "vue";
import { createRouter, createWebHistory, RouterLink, RouterView } from "vue-router";

const { search } = location;
const link = (to, name) => h(RouterLink, { to: to + search }, () => name);
const place = ({ route: { path } }) =>
  h("main", { key: path }, [h("h1", path), link("/checkout/done", "Checkout"), link("/help", "Help")]);

createApp({ render: () => h(RouterView, null, place) })
  .use(createRouter({ history: createWebHistory("/vue"), routes: [{ path: "/:all(.*)*", component: {} }] }))
  .mount("#root");
