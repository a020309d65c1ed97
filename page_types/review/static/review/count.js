/* 字数, live while typing: each Chinese character is one, each run of letters or digits is one.
   Punctuation does not count. Core counts Western words of the preview, and only when it is open. */
(() => {
  const CHARACTERS = /\p{Script=Han}/gu;
  const WORDS = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Nd}]+(?:[.,'’_-][\p{Script=Latin}\p{Nd}]+)*/gu;
  const count = (text) =>
    (text.match(CHARACTERS) || []).length + (text.match(WORDS) || []).length;

  const textOf = (form) => {
    const fields = form.querySelectorAll(
      '[data-streamfield-child] textarea, [data-streamfield-child] input[type="text"]',
    );
    const typed = [...fields].filter((field) => field.offsetParent).map((field) => field.value);
    const rich = [...form.querySelectorAll('[contenteditable="true"]')].map((e) => e.innerText);
    return [...typed, ...rich].join('\n');
  };

  const begin = () => {
    const form = document.querySelector('[data-edit-form]');
    const bar = document.querySelector('footer.footer nav.actions--primary');
    if (!form || !bar || !form.querySelector('[data-streamfield-stream-container]')) return;
    const shown = document.createElement('p');
    shown.className = 'portal-count';
    bar.append(shown);
    const show = () => {
      const number = String(count(textOf(form)));
      shown.textContent = `正文 ${number} 字`;
      for (const place of document.querySelectorAll('[data-portal-count]'))
        if (place.textContent !== number) place.textContent = number;
    };
    let waiting;
    const soon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(show, 300);
    };
    form.addEventListener('input', soon);
    form.addEventListener('keyup', soon);
    new MutationObserver(soon).observe(form, { childList: true, subtree: true, characterData: true });
    show();
    soon();
  };

  if (document.readyState === 'complete') begin();
  else window.addEventListener('load', begin);
})();
