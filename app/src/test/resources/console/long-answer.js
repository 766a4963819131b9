// Streams 20,000 words into the chat, a piece for each frame, and says what drawing them took.
async () => {
  const { GrowingText } = await import('/console/playground-text.js');
  const chat = document.querySelector('play-ground');
  const frame = window.requestAnimationFrame.bind(window);
  const realFetch = window.fetch;
  const words = (count, from) => Array.from({ length: count }, (_, i) => `word${from + i}`).join(' ');
  // Each piece has 50 words; ten pieces are a paragraph, a list, a table, a quotation and code, cut where they may be cut.
  const kinds = [
    (at) => `${words(50, at)} `,
    (at) => `**${words(49, at)}** \`word\`\n\n`,
    (at) => `# ${words(5, at)}\n\n${words(45, at)}\n\n-`,
    (at) => ` ${words(25, at)}\n- ${words(25, at)}\n\n-`,
    (at) => ` ${words(50, at)}\n\n1. `,
    (at) => `${words(50, at)}\n`,
    (at) => `\n\`\`\`js\n${words(50, at)}`,
    (at) => `\n${words(50, at)}\n\`\`\`\n`,
    (at) => `> ${words(48, at)}\n\nword | word\n--`,
    (at) => `-|---\n${words(25, at)} | ${words(25, at)}\n\n`,
  ];
  // Marks like # and - are none of the words.
  const count = (text) => text.match(/word\d*/g).length;
  const pieces = [];
  for (let i = 0; i < 400; i++) pieces.push(kinds[i % 10](i * 50));
  const took = [];
  let added = 0;
  window.requestAnimationFrame = (deed) =>
    frame((at) => {
      const begun = performance.now();
      deed(at);
      took.push(performance.now() - begun);
    });
  window.fetch = (address, options) => {
    if (!String(address).includes('/pg/')) return realFetch(address, options);
    let next = 0;
    const event = (choice) => new TextEncoder().encode(`data: ${JSON.stringify({ choices: [choice] })}\n\n`);
    const stream = new ReadableStream(
      {
        async pull(control) {
          await new Promise(frame);
          if (next < pieces.length) control.enqueue(event({ delta: { content: pieces[next++] } }));
          else {
            control.enqueue(event({ delta: {}, finish_reason: 'stop' }));
            control.close();
          }
        },
      },
      { highWaterMark: 0 },
    );
    return Promise.resolve(new Response(stream, { headers: { 'Content-Type': 'text/event-stream' } }));
  };
  const watch = new MutationObserver((changes) => changes.forEach((change) => (added += change.addedNodes.length)));
  watch.observe(chat.list, { childList: true, subtree: true });
  chat.field.value = 'Tell me all of it.';
  chat.submit();
  while (chat.running) await new Promise(frame);
  added += watch.takeRecords().reduce((sum, change) => sum + change.addedNodes.length, 0);
  watch.disconnect();
  window.fetch = realFetch;
  window.requestAnimationFrame = frame;
  const shown = chat.list.querySelector('.pg-assistant .pg-text');
  const once = new GrowingText(document.createElement('div'));
  once.show(pieces.join(''));
  const mean = (some) => Number((some.reduce((sum, one) => sum + one, 0) / some.length).toFixed(2));
  return {
    words: count(shown.textContent),
    frames: took.length,
    elements: shown.querySelectorAll('*').length,
    added,
    same: shown.innerHTML === once.target.innerHTML,
    firstFramesMillis: mean(took.slice(0, 100)),
    lastFramesMillis: mean(took.slice(-100)),
    longestMillis: Number(Math.max(...took).toFixed(2)),
  };
}
