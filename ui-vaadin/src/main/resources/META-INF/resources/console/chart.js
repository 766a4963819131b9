// Draws what the server put into `figures`, in the colours of the page, and again whenever size or colours change. Each mark
// that is clicked leads to the rows behind it.
const library = new URL('../webjars/echarts/5.5.0/echarts.min.js', import.meta.url);
let loading;

function echarts() {
  loading ??= new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = library;
    script.onload = () => done(window.echarts);
    script.onerror = (event) => {
      // The next chart tries again.
      loading = undefined;
      script.remove();
      failed(event);
    };
    document.head.append(script);
  });
  return loading;
}

const HUES = [165, 250, 75, 310, 25, 205, 120, 340, 50, 280, 185, 95];

// Canvas understands less than CSS does: let the browser say it in numbers.
function plain(colour) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
  return `rgba(${r},${g},${b},${a / 255})`;
}

// After a dozen hues the same ones come again, lighter. What stands for the rest is grey.
function colour(at, rest, dark) {
  const light = (dark ? 0.72 : 0.58) + (Math.floor(at / HUES.length) % 2) * (dark ? -0.16 : 0.14);
  return plain(rest ? `oklch(${dark ? 0.6 : 0.7} 0.01 200)` : `oklch(${light} 0.11 ${HUES[at % HUES.length]})`);
}

// Quota is a whole number, 500,000 a dollar; dollars are written from its digits, never divided.
function usd(quota, decimals) {
  const micro = (BigInt(Math.round(quota)) * 2n).toString().padStart(7, '0');
  const whole = micro.slice(0, -6).replace(/\B(?=(\d{3})+$)/g, ',');
  return `$${whole}.${micro.slice(-6).slice(0, decimals)}`;
}

function count(number) {
  return Math.round(number).toString().replace(/\B(?=(\d{3})+$)/g, ',');
}

function short(number) {
  if (number >= 1e9) return `${+(number / 1e9).toFixed(1)}G`;
  if (number >= 1e6) return `${+(number / 1e6).toFixed(1)}M`;
  if (number >= 1e3) return `${+(number / 1e3).toFixed(1)}k`;
  return `${number}`;
}

function length(millis) {
  if (millis < 1000) return `${Math.round(millis)} ms`;
  if (millis < 100000) return `${+(millis / 1000).toFixed(1)} s`;
  return `${+(millis / 60000).toFixed(1)} min`;
}

function safe(text) {
  return text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
}

function cut(text, most) {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

class ConsoleChart extends HTMLElement {
  connectedCallback() {
    if (Object.hasOwn(this, 'figures')) {
      // The server set it before this script was here: a plain property hides the setter.
      this.data = this.figures;
      delete this.figures;
    }
    this.sizes = new ResizeObserver(() => this.resize());
    this.sizes.observe(this);
    this.scheme = new MutationObserver(() => this.draw());
    this.scheme.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'theme'] });
    this.media = matchMedia('(prefers-color-scheme: dark)');
    this.redraw = () => this.draw();
    this.media.addEventListener('change', this.redraw);
    this.draw();
  }

  disconnectedCallback() {
    this.sizes.disconnect();
    this.scheme.disconnect();
    this.media.removeEventListener('change', this.redraw);
    this.chart?.dispose();
    this.chart = undefined;
  }

  set figures(data) {
    this.data = data;
    this.draw();
  }

  get figures() {
    return this.data;
  }

  // What has its place by width is laid out anew where a phone is turned.
  resize() {
    if (!this.chart) return;
    const narrow = this.clientWidth < 560;
    if (narrow === this.narrow) this.chart.resize();
    else this.draw();
  }

  look() {
    const style = getComputedStyle(this);
    const text = plain(style.color);
    const [r, g, b] = text.match(/rgba\((\d+),(\d+),(\d+)/).slice(1).map(Number);
    const line = text.replace(/[\d.]+\)$/, '0.12)');
    const quiet = text.replace(/[\d.]+\)$/, '0.62)');
    const dark = r + g + b > 384;
    return { text, line, quiet, dark, family: style.fontFamily };
  }

  async draw() {
    if (!this.data?.shape || !this.isConnected) return;
    if (this.data.shape === 'ranking') this.style.height = `${this.data.marks.length * 30 + 14}px`;
    const { init } = await echarts();
    if (!this.isConnected) return;
    if (!this.chart) {
      this.chart = init(this);
      this.chart.on('click', (mark) => this.clicked(mark));
    }
    this.chart.resize();
    this.narrow = this.clientWidth < 560;
    const look = this.look();
    const colours = this.data.marks.map((mark, at) => colour(at, mark.rest, look.dark));
    this.chart.setOption({
      animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      animationDuration: 250,
      color: colours,
      textStyle: { fontFamily: look.family },
      tooltip: {
        confine: true, backgroundColor: look.dark ? '#26302e' : '#ffffff', borderColor: look.line,
        textStyle: { color: look.text, fontSize: 12 },
      },
      ...this[this.data.shape](look, colours),
    }, { notMerge: true });
    this.toggleAttribute('drawn', true);
  }

  say(value) {
    if (this.data.unit === 'millis') return length(value);
    if (this.data.unit === 'permille') return `${(value / 10).toFixed(1)} %`;
    return this.data.unit === 'usd' ? usd(value, 6) : count(value);
  }

  // Of lengths and shares there is no sum.
  adds() {
    return this.data.unit === 'usd' || this.data.unit === 'count' && this.data.shape !== 'lines';
  }

  axis(value) {
    if (this.data.unit === 'millis') return length(value);
    if (this.data.unit === 'permille') return `${value / 10} %`;
    if (this.data.unit !== 'usd') return short(value);
    return usd(value, value > 0 && value < 500 ? 6 : value > 0 && value < 50000 ? 4 : 2);
  }

  row(marker, name, value) {
    return `${marker}${safe(name)}<b style="float:right;margin-left:20px;font-weight:600">${this.say(value)}</b>`;
  }

  legend(look) {
    return {
      bottom: 0, type: this.narrow ? 'scroll' : 'plain', icon: 'circle', itemWidth: 8, itemHeight: 8, itemGap: 14,
      textStyle: { color: look.quiet, fontSize: 12 }, pageTextStyle: { color: look.quiet }, pageIconColor: look.quiet,
      formatter: (name) => cut(name, 34),
    };
  }

  overTime(look, series) {
    const { times } = this.data;
    const rows = Math.ceil(this.data.marks.reduce((all, mark) => all + Math.min(34, mark.name.length) * 6.6 + 30, 0) / Math.max(200, this.clientWidth - 20));
    return {
      grid: { left: 4, right: 8, top: 14, bottom: this.narrow ? 58 : 12 + rows * 22, containLabel: true },
      legend: this.legend(look),
      tooltip: {
        trigger: 'axis', axisPointer: { type: 'shadow', shadowStyle: { color: look.line } }, confine: true,
        backgroundColor: look.dark ? '#26302e' : '#ffffff', borderColor: look.line, textStyle: { color: look.text, fontSize: 12 },
        formatter: (points) => {
          const used = points.filter((point) => point.value > 0);
          const sum = used.reduce((all, point) => all + point.value, 0);
          const lines = used.map((point) => this.row(point.marker, point.seriesName, point.value));
          return [`<span style="opacity:.65">${safe(times[points[0].dataIndex].name)}</span>${this.adds() ? `<b style="float:right;margin-left:20px">${this.say(sum)}</b>` : ''}`, ...lines].join('<br>');
        },
      },
      xAxis: {
        type: 'category', data: times.map((time) => time.name), axisTick: { show: false }, axisLine: { lineStyle: { color: look.line } },
        axisLabel: { color: look.quiet, fontSize: 11, hideOverlap: true, formatter: (time) => (time.length > 10 && times.length < 30 ? time.slice(6) : time.length > 10 ? time : time.slice(5)) },
      },
      yAxis: { type: 'value', max: this.data.unit === 'permille' ? 1000 : undefined, splitNumber: 4, splitLine: { lineStyle: { color: look.line } }, axisLabel: { color: look.quiet, fontSize: 11, formatter: (value) => this.axis(value) } },
      series: this.data.marks.map((mark) => ({ name: mark.name, data: mark.values, ...series })),
    };
  }

  bars(look) {
    return this.overTime(look, { type: 'bar', stack: 'all', barMaxWidth: 26, barCategoryGap: '28%', emphasis: { focus: 'series' } });
  }

  area(look) {
    return this.overTime(look, { type: 'line', stack: 'all', areaStyle: { opacity: 0.55 }, lineStyle: { width: 1 }, symbolSize: 6, showSymbol: false, triggerLineEvent: true, emphasis: { focus: 'series' } });
  }

  lines(look) {
    return this.overTime(look, { type: 'line', lineStyle: { width: 2 }, symbolSize: 7, showSymbol: this.data.times.length < 62, showAllSymbol: true, triggerLineEvent: true, emphasis: { focus: 'series' } });
  }

  heat(look) {
    const { times, rows, cells } = this.data;
    const most = Math.max(1, ...cells.map(([, , value]) => value));
    const strong = colour(0, false, look.dark);
    const faint = strong.replace(/[\d.]+\)$/, '0.1)');
    return {
      tooltip: {
        trigger: 'item', confine: true, backgroundColor: look.dark ? '#26302e' : '#ffffff', borderColor: look.line,
        textStyle: { color: look.text, fontSize: 12 },
        formatter: ({ value: [time, row, value] }) => `<span style="opacity:.65">${safe(times[time].name)}</span><br>${this.row('', rows[row], value)}`,
      },
      grid: { left: 4, right: 8, top: 10, bottom: 10, containLabel: true },
      // Few among many would be seen as none, were the shades even.
      visualMap: { show: false, min: 0, max: Math.sqrt(most), dimension: 3, inRange: { color: [faint, strong] } },
      xAxis: {
        type: 'category', data: times.map((time) => time.name), axisTick: { show: false }, axisLine: { lineStyle: { color: look.line } },
        axisLabel: { color: look.quiet, fontSize: 11, hideOverlap: true },
      },
      yAxis: {
        type: 'category', data: rows, axisTick: { show: false }, axisLine: { show: false }, splitLine: { show: false },
        axisLabel: { color: look.quiet, fontSize: 11, hideOverlap: true },
      },
      series: [{
        type: 'heatmap', data: cells.map(([time, row, value]) => [time, row, value, Math.sqrt(value)]), animation: false,
        itemStyle: { borderColor: look.dark ? '#222a2a' : '#ffffff', borderWidth: times.length > 80 ? 0 : 1, borderRadius: 2 },
        emphasis: { itemStyle: { borderColor: look.text, borderWidth: 1 } },
      }],
    };
  }

  shares(look, colours) {
    const { marks } = this.data;
    const sum = marks.reduce((all, mark) => all + mark.value, 0) || 1;
    const share = Object.fromEntries(marks.map((mark) => [mark.name, +((mark.value / sum) * 100).toFixed(1)]));
    const beside = this.clientWidth >= 420;
    return {
      tooltip: {
        trigger: 'item', confine: true, backgroundColor: look.dark ? '#26302e' : '#ffffff', borderColor: look.line,
        textStyle: { color: look.text, fontSize: 12 },
        formatter: (one) => `${this.row(one.marker, one.name, one.value)}<br><span style="opacity:.65">${one.percent} %</span>`,
      },
      legend: {
        ...this.legend(look), type: 'scroll', ...(beside ? { orient: 'vertical', right: 0, top: 'middle', bottom: 'auto' } : {}),
        formatter: (name) => `${cut(name, 24)}  ${share[name]} %`,
      },
      series: [{
        type: 'pie', radius: ['50%', '80%'], center: beside ? ['30%', '50%'] : ['50%', '44%'], minAngle: 2,
        itemStyle: { borderColor: look.dark ? '#222a2a' : '#ffffff', borderWidth: 1 }, label: { show: false },
        data: marks.map((mark, at) => ({ name: mark.name, value: mark.value, itemStyle: { color: colours[at] } })),
      }],
    };
  }

  ranking(look, colours) {
    const { marks } = this.data;
    return {
      tooltip: {
        trigger: 'item', confine: true, backgroundColor: look.dark ? '#26302e' : '#ffffff', borderColor: look.line,
        textStyle: { color: look.text, fontSize: 12 }, formatter: (one) => this.row(one.marker, marks[one.dataIndex].name, one.value),
      },
      grid: { left: 2, right: 96, top: 4, bottom: 4, containLabel: true },
      xAxis: { type: 'value', show: false, max: 'dataMax' },
      yAxis: {
        type: 'category', inverse: true, data: marks.map((mark, at) => `${at + 1}`), axisTick: { show: false }, axisLine: { show: false },
        axisLabel: { color: look.text, fontSize: 12, formatter: (at) => cut(marks[at - 1].name, this.narrow ? 18 : 30) },
      },
      series: [{
        type: 'bar', barMaxWidth: 16, showBackground: false, itemStyle: { borderRadius: 3 },
        label: { show: true, position: 'right', color: look.quiet, fontSize: 12, formatter: (one) => this.axis(one.value) },
        data: marks.map((mark, at) => ({ value: mark.value, itemStyle: { color: colours[at] } })),
      }],
    };
  }

  flow(look, colours) {
    const { marks, links } = this.data;
    const last = Math.max(...marks.map((mark) => mark.stage));
    return {
      tooltip: {
        trigger: 'item', confine: true, backgroundColor: look.dark ? '#26302e' : '#ffffff', borderColor: look.line,
        textStyle: { color: look.text, fontSize: 12 },
        formatter: (one) => this.row('', one.dataType === 'edge' ? `${marks[one.data.source].name} → ${marks[one.data.target].name}` : marks[one.name].name, one.value),
      },
      series: [{
        type: 'sankey', left: 6, right: 150, top: 10, bottom: 10, nodeWidth: 14, nodeGap: 14, draggable: false, layoutIterations: 48,
        emphasis: { focus: 'adjacency' },
        lineStyle: { color: 'source', opacity: look.dark ? 0.32 : 0.26, curveness: 0.5 },
        label: { color: look.text, fontSize: 12, formatter: (one) => cut(marks[one.name].name, last > 2 ? 22 : 30), textBorderWidth: 0 },
        data: marks.map((mark, at) => ({ name: `${at}`, depth: mark.stage, itemStyle: { color: colours[at], borderWidth: 0 } })),
        links: links.map((link) => ({ source: `${link.source}`, target: `${link.target}`, value: link.value })),
      }],
    };
  }

  clicked(mark) {
    const { shape, marks, times } = this.data;
    if (!this.data.address) return;
    let queries;
    if (shape === 'heat') {
      queries = [times[mark.value[0]].query];
    } else if (shape === 'flow') {
      queries = mark.dataType === 'edge' ? [marks[mark.data.source].query, marks[mark.data.target].query] : [marks[mark.name].query];
    } else if (times) {
      // On a line, between its points, the nearest time is meant.
      const at = mark.dataIndex ?? this.chart.convertFromPixel({ xAxisIndex: 0 }, mark.event.offsetX);
      queries = [marks[mark.seriesIndex].query, times[at]?.query ?? ''];
    } else {
      queries = [marks[mark.dataIndex].query];
    }
    // What a mark says is narrower than what the whole chart says of the same thing.
    const [path, query] = this.data.address.split('?');
    const narrowed = new URLSearchParams(query);
    for (const own of queries) new URLSearchParams(own).forEach((value, name) => narrowed.set(name, value));
    this.open(`${path}?${narrowed}`, mark.event?.event);
  }

  // As a link would, so that the router takes it, and a click with a key held opens a tab of its own.
  open(address, event) {
    const link = document.createElement('a');
    link.href = address;
    link.setAttribute('router-link', '');
    if (event?.ctrlKey || event?.metaKey) link.target = '_blank';
    document.body.append(link);
    link.click();
    link.remove();
  }
}

if (!customElements.get('console-chart')) customElements.define('console-chart', ConsoleChart);
