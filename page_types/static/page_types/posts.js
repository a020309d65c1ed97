// The counter beside a post's text, and the button that copies the approved one. Without script the
// form still checks the length, and the text can be selected by hand.
(() => {
  const length = (text) => [...text].length;

  function counter(area) {
    const limits = new Map(
      area.dataset.postLengths.split(" ").filter(Boolean).map((pair) => pair.split(":")),
    );
    const form = area.form;
    const platform = form.elements.platform;
    const article = form.elements.article;
    const before = article ? article.value : "";
    const status = document.createElement("p");
    status.className = "post-count";
    status.setAttribute("role", "status");
    status.id = `${area.id}-count`;
    area.after(status);
    area.setAttribute("aria-describedby",
      `${area.getAttribute("aria-describedby") || ""} ${status.id}`.trim());

    function show() {
      const link = area.dataset.link || "";
      const used = length(`${area.value.replace(/\r\n/g, "\n").trim()} ${link}`.trim());
      const limit = Number(limits.get(platform ? platform.value : ""));
      const left = limit - used;
      const words = !limit ? area.dataset.used : left < 0 ? area.dataset.over : area.dataset.left;
      status.textContent = words.replace("%n", limit ? Math.abs(left) : used);
      if (article && article.value !== before) status.textContent += area.dataset.changed;
      status.classList.toggle("post-count--over", left < 0);
    }

    form.addEventListener("input", show);
    form.addEventListener("change", show);
    show();
  }

  async function copy(button) {
    const source = document.getElementById(button.dataset.copyPost);
    let done = true;
    try {
      await navigator.clipboard.writeText(source.value);
    } catch {
      source.select();
      done = document.execCommand("copy");
    }
    const said = button.nextElementSibling;
    said.textContent = done ? said.dataset.done : said.dataset.failed;
  }

  function begin() {
    document.querySelectorAll("textarea[data-post-lengths]").forEach(counter);
    document.querySelectorAll("[data-copy-post]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => copy(button));
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
