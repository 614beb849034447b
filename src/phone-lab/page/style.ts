/** The page's looks; nothing is loaded from elsewhere. */
export const style = `
:root { color-scheme: light; --line: #d5dbe3; --ink: #17202b; --soft: #546172; --blue: #0b57a4; }
* { box-sizing: border-box; }
body { margin: 0; background: #eef1f5; color: var(--ink); font: 16px/1.45 system-ui, sans-serif; }
header { padding: 1rem 1.5rem; background: #fff; border-bottom: 1px solid var(--line); }
h1 { margin: 0; font-size: 1.3rem; }
header p { margin: .2rem 0 0; color: var(--soft); max-width: 46rem; }
main { display: grid; gap: 1rem; padding: 1rem 1.5rem;
  grid-template-columns: repeat(auto-fill, minmax(min(21rem, 100%), 1fr)); align-items: start; }
article { background: #fff; border: 1px solid var(--line); border-radius: 1rem; overflow: hidden; }
article.ringing { border-color: #a34b00; box-shadow: 0 0 0 2px #a34b00; }
article > h2 { margin: 0; padding: .8rem 1rem; font-size: 1.05rem;
  border-bottom: 1px solid var(--line); }
article > h2 span { display: block; font-size: .9rem; font-weight: 400; color: var(--soft); }
.screen { padding: 1rem; min-height: 9rem; max-height: 30rem; overflow-y: auto;
  background: #f8fafc; }
.call { margin: 0 0 1rem; padding: .8rem; border-radius: .7rem; background: #fff;
  border: 1px solid var(--line); }
.call.ringing { background: #fff3e2; border-color: #a34b00; }
.call.in-progress { background: #e8f5ec; border-color: #1d6f3c; }
.call h3 { margin: 0 0 .4rem; font-size: 1rem; }
.call blockquote { margin: .3rem 0; padding-left: .7rem; border-left: 3px solid var(--line); }
.keys { display: grid; grid-template-columns: repeat(3, 1fr); gap: .4rem; margin: .6rem 0; }
.texts { list-style: none; margin: 0; padding: 0; display: flex; flex-direction: column;
  gap: .6rem; }
.texts li { max-width: 90%; padding: .55rem .8rem; border-radius: .9rem; background: #e3e8ef;
  overflow-wrap: anywhere; white-space: pre-wrap; }
.texts li.sent { align-self: flex-end; background: #d6e7fa; }
.texts small { display: block; color: #414d5c; font-size: .8rem; }
.empty { color: var(--soft); }
.write { display: grid; gap: .5rem; padding: .8rem 1rem; border-top: 1px solid var(--line); }
.write .row { display: flex; gap: .5rem; }
label { font-size: .85rem; color: var(--soft); display: grid; gap: .15rem; flex: 1; }
input { font: inherit; width: 100%; padding: .45rem .6rem; border: 1px solid #8a97a8;
  border-radius: .5rem; }
button { font: inherit; padding: .45rem .9rem; border: 1px solid var(--blue); border-radius: .5rem;
  background: #fff; color: var(--blue); cursor: pointer; align-self: end; }
button.main { background: var(--blue); color: #fff; }
button.end { border-color: #a11d1d; color: #a11d1d; }
.row form { display: contents; }
a { color: var(--blue); }
`;

/** Shows what is new without touching a field somebody is typing in. */
export const refreshScript = `
const showNew = async () => {
  try {
    const page = new DOMParser().parseFromString(await (await fetch('/lab')).text(), 'text/html');
    for (const phone of page.querySelectorAll('article')) {
      const old = document.getElementById(phone.id);
      if (old === null) return location.reload();
      old.className = phone.className;
      const [from, to] = [phone, old].map((it) => it.querySelector('.screen'));
      if (from.innerHTML !== to.innerHTML) to.innerHTML = from.innerHTML;
    }
  } catch { /* The lab is gone for a moment; the next look finds it. */ }
  setTimeout(showNew, 1000);
};
setTimeout(showNew, 1000);
`;
