#include <type_traits>

#include "app/report/report_document.h"
#include "sim/io/yaml/json_writer.h"

namespace peercap::app {
namespace {

/// Writes the parts of a document; each function opens and closes its own object.
class DocumentWriter {
 public:
  std::string write(const ReportDocument& d) {
    json_.begin_object();
    text("format", "peercap-report/1");
    text("kind", d.kind);
    text("title", d.title);
    text("description", d.description);
    texts("facts", d.facts);
    text("created", d.created);
    text("program", d.program);
    json_.key("answer");
    answer(d.answer);
    list("sections", d.sections, [this](const Section& section) {
      json_.begin_object();
      text("id", section.id);
      text("title", section.title);
      text("lead", section.lead);
      list("blocks", section.blocks, [this](const Block& b) { block(b); });
      json_.end_object();
    });
    json_.end_object();
    return json_.take();
  }

 private:
  void text(std::string_view key, std::string_view value) { json_.key(key).value(value); }
  void number(std::string_view key, double value) { json_.key(key).value(value); }
  void texts(std::string_view key, const std::vector<std::string>& values) {
    list(key, values, [this](const std::string& value) { json_.value(value); });
  }
  template <class Items, class Write>
  void list(std::string_view key, const Items& items, Write write) {
    json_.key(key).begin_array();
    for (const auto& item : items) write(item);
    json_.end_array();
  }
  void place(const AxisValue& at) {
    if (at.date.empty())
      json_.value(at.number);
    else
      json_.value(at.date);
  }
  void place(std::string_view key, const AxisValue& at) {
    json_.key(key);
    place(at);
  }

  void answer(const Answer& a) {
    json_.begin_object();
    text("sentence", a.sentence);
    texts("sentences", a.sentences);
    list("figures", a.figures, [this](const AnswerFigure& f) {
      json_.begin_object();
      text("label", f.label);
      text("text", f.text);
      text("n", f.n);
      number("value", f.value);
      number("low", f.low);
      number("high", f.high);
      text("unit", f.unit);
      text("tone", f.tone);
      text("target", f.target);
      json_.end_object();
    });
    texts("warnings", a.warnings);
    json_.end_object();
  }

  void block(const Block& b) {
    std::visit([this](const auto& content) { write_block(content); }, b.content);
  }
  void begin_block(std::string_view kind) {
    json_.begin_object();
    text("kind", kind);
  }
  void write_block(const TextBlock& b) {
    begin_block("text");
    texts("paragraphs", b.paragraphs);
    json_.end_object();
  }
  void write_block(const DefinitionsBlock& b) {
    begin_block("definitions");
    list("items", b.items, [this](const auto& item) {
      json_.begin_object();
      text("term", item.first);
      text("text", item.second);
      json_.end_object();
    });
    json_.end_object();
  }
  void write_block(const CodeBlock& b) {
    begin_block("code");
    text("language", b.language);
    text("text", b.text);
    text("caption", b.caption);
    json_.end_object();
  }
  void write_block(const ReportTable& b) {
    begin_block("table");
    table(b);
    json_.end_object();
  }
  void write_block(const DetailsBlock& b) {
    begin_block("details");
    text("summary", b.summary);
    list("blocks", b.blocks, [this](const Block& inner) { block(inner); });
    json_.end_object();
  }
  void write_block(const Chart& c) {
    begin_block("chart");
    json_.key("chart").begin_object();
    text("id", c.id);
    text("finding", c.finding);
    text("description", c.description);
    text("n", c.n);
    text("note", c.note);
    text("source", c.source);
    std::visit([this](const auto& drawing) { draw(drawing); }, c.drawing);
    table(c.table);
    json_.end_object();
    json_.end_object();
  }

  void table(const ReportTable& t) {
    json_.key("table").begin_object();
    text("caption", t.caption);
    list("columns", t.columns, [this](const TableColumn& column) {
      json_.begin_object();
      text("label", column.label);
      text("unit", column.unit);
      json_.key("numeric").boolean(column.numeric);
      json_.end_object();
    });
    list("rows", t.rows, [this](const std::vector<Cell>& row) {
      json_.begin_array();
      for (const Cell& c : row) cell(c);
      json_.end_array();
    });
    json_.end_object();
  }
  void cell(const Cell& c) {
    if (c.value != c.value) {  // a text alone
      json_.value(c.text);
      return;
    }
    json_.begin_object();
    text("text", c.text);
    number("value", c.value);
    if (c.low == c.low) number("low", c.low);
    if (c.high == c.high) number("high", c.high);
    if (!c.n.empty()) text("n", c.n);
    json_.end_object();
  }

  void axis(std::string_view key, const ChartAxis& a) {
    json_.key(key).begin_object();
    text("label", a.label);
    text("unit", a.unit);
    text("scale", a.scale);
    number("min", a.min);
    number("max", a.max);
    json_.end_object();
  }

  void draw(const FlowChart& d) {
    text("kind", "flow");
    text("unit", d.unit);
    list("nodes", d.nodes, [this](const FlowChart::Node& node) {
      json_.begin_object();
      text("name", node.name);
      text("label", node.label);
      text("tone", node.tone);
      json_.end_object();
    });
    list("links", d.links, [this](const FlowChart::Link& link) {
      json_.begin_object();
      text("source", link.source);
      text("target", link.target);
      number("value", link.value);
      text("text", link.text);
      json_.end_object();
    });
  }

  void draw(const CurveChart& d) {
    text("kind", "curves");
    axis("x", d.x);
    axis("y", d.y);
    list("lines", d.lines, [this](const CurveChart::Line& line) {
      json_.begin_object();
      text("name", line.name);
      text("tone", line.tone);
      json_.key("step").boolean(line.step);
      list("points", line.points, [this](const CurveChart::Point& point) {
        json_.begin_array();
        place(point.x);
        json_.value(point.y);
        json_.end_array();
      });
      list("bands", line.bands, [this](const CurveChart::Band& band) {
        json_.begin_object();
        text("name", band.name);
        list("points", band.points, [this](const CurveChart::BandPoint& point) {
          json_.begin_array();
          place(point.x);
          json_.value(point.low).value(point.high);
          json_.end_array();
        });
        json_.end_object();
      });
      json_.end_object();
    });
    list("markers", d.markers, [this](const CurveChart::Marker& marker) {
      json_.begin_object();
      place("x", marker.x);
      text("label", marker.label);
      json_.end_object();
    });
    list("thresholds", d.thresholds, [this](const CurveChart::Threshold& threshold) {
      json_.begin_object();
      number("y", threshold.y);
      text("label", threshold.label);
      json_.end_object();
    });
    list("periods", d.periods, [this](const CurveChart::Period& period) {
      json_.begin_object();
      place("from", period.from);
      place("to", period.to);
      text("label", period.label);
      json_.end_object();
    });
  }

  void draw(const StackChart& d) {
    text("kind", "stack");
    axis("x", d.x);
    texts("categories", d.categories);
    list("parts", d.parts, [this](const StackChart::Part& part) {
      json_.begin_object();
      text("name", part.name);
      list("values", part.values, [this](double value) { json_.value(value); });
      text("tone", part.tone);
      json_.end_object();
    });
  }

  void draw(const HeatmapChart& d) {
    text("kind", "heatmap");
    text("x", d.x);
    text("y", d.y);
    texts("columns", d.columns);
    texts("rows", d.rows);
    list("cells", d.cells, [this](const HeatmapChart::Value& value) {
      json_.begin_array();
      json_.value(static_cast<std::int64_t>(value.column)).value(static_cast<std::int64_t>(value.row));
      json_.value(value.value);
      json_.end_array();
    });
    json_.key("scale").begin_object();
    text("label", d.scale.label);
    text("unit", d.scale.unit);
    number("min", d.scale.min);
    number("max", d.scale.max);
    text("kind", d.scale.kind);
    json_.end_object();
  }

  void draw(const IntervalChart& d) {
    text("kind", "intervals");
    axis("x", d.x);
    list("rows", d.rows, [this](const IntervalChart::Row& row) {
      json_.begin_object();
      text("label", row.label);
      text("group", row.group);
      number("value", row.value);
      number("low", row.low);
      number("high", row.high);
      text("text", row.text);
      text("tone", row.tone);
      json_.end_object();
    });
    json_.key("reference");
    if (d.reference.x == d.reference.x) {
      json_.begin_object();
      number("x", d.reference.x);
      text("label", d.reference.label);
      json_.end_object();
    } else {
      json_.null();
    }
  }

  void draw(const TornadoChart& d) {
    text("kind", "tornado");
    axis("x", d.x);
    json_.key("base").begin_object();
    number("x", d.base);
    text("label", d.base_label);
    json_.end_object();
    list("rows", d.rows, [this](const TornadoChart::Row& row) {
      json_.begin_object();
      text("label", row.label);
      number("low", row.low);
      number("high", row.high);
      text("low_label", row.low_label);
      text("high_label", row.high_label);
      text("text", row.text);
      json_.end_object();
    });
  }

  void draw(const FrontierChart& d) {
    text("kind", "frontier");
    axis("x", d.x);
    axis("y", d.y);
    json_.key("better").begin_object();
    text("x", d.better_x);
    text("y", d.better_y);
    json_.end_object();
    list("points", d.points, [this](const FrontierChart::Point& point) {
      json_.begin_object();
      text("label", point.label);
      number("x", point.x);
      number("y", point.y);
      number("x_low", point.x_low);
      number("x_high", point.x_high);
      number("y_low", point.y_low);
      number("y_high", point.y_high);
      json_.key("best").boolean(point.best);
      json_.end_object();
    });
  }

  yaml::JsonWriter json_;
};

}  // namespace

std::string document_json(const ReportDocument& document) {
  return DocumentWriter{}.write(document);
}

}  // namespace peercap::app
