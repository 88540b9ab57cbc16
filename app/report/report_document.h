#pragma once

#include <limits>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace peercap::app {

// What a report shows (docs/formats/report_document.md). Plain data: documents are built by run_document()
// and its siblings, and written by document_json().

inline constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

/// A cell of a table: its text, and the number behind it where there is one.
struct Cell {
  std::string text;
  double value = no_number;
  double low = no_number;
  double high = no_number;
  std::string n = {};

  Cell() = default;
  Cell(std::string words) : text{std::move(words)} {}
  Cell(const char* words) : text{words} {}
  Cell(std::string words, double number, double from = no_number, double to = no_number,
       std::string count = {})
      : text{std::move(words)}, value{number}, low{from}, high{to}, n{std::move(count)} {}
};

struct TableColumn {
  std::string label;
  std::string unit = {};
  bool numeric = true;
};

struct ReportTable {
  std::string caption;
  std::vector<TableColumn> columns;
  std::vector<std::vector<Cell>> rows;  ///< as many cells as columns; the first names the row
};

struct ChartAxis {
  std::string label;
  std::string unit = {};
  std::string scale = "linear";  ///< linear, log, time, percent
  double min = no_number;
  double max = no_number;
};

/// A place on an axis: a number, or a date of a time axis.
struct AxisValue {
  double number = no_number;
  std::string date = {};

  AxisValue(double value) : number{value} {}
  AxisValue(std::string day) : date{std::move(day)} {}
};

struct FlowChart {
  struct Node {
    std::string name;
    std::string label;
    std::string tone = "main";
  };
  struct Link {
    std::string source;
    std::string target;
    double value = 0.0;
    std::string text;
  };
  std::string unit;
  std::vector<Node> nodes = {};
  std::vector<Link> links = {};
};

struct CurveChart {
  struct Point {
    AxisValue x;
    double y = no_number;
  };
  struct BandPoint {
    AxisValue x;
    double low = no_number;
    double high = no_number;
  };
  struct Band {
    std::string name;
    std::vector<BandPoint> points;
  };
  struct Line {
    std::string name;
    std::string tone = "main";
    bool step = false;
    std::vector<Point> points = {};
    std::vector<Band> bands = {};  ///< the widest first
  };
  struct Marker {
    AxisValue x;
    std::string label;
  };
  struct Threshold {
    double y = 0.0;
    std::string label;
  };
  struct Period {
    AxisValue from;
    AxisValue to;
    std::string label;
  };
  ChartAxis x;
  ChartAxis y;
  std::vector<Line> lines = {};
  std::vector<Marker> markers = {};
  std::vector<Threshold> thresholds = {};
  std::vector<Period> periods = {};
};

struct StackChart {
  struct Part {
    std::string name;
    std::vector<double> values;  ///< [categories]
    std::string tone;
  };
  ChartAxis x;
  std::vector<std::string> categories = {};
  std::vector<Part> parts = {};
};

struct HeatmapChart {
  struct Value {
    std::size_t column = 0;
    std::size_t row = 0;
    double value = no_number;
  };
  struct Scale {
    std::string label;
    std::string unit;
    double min = 0.0;
    double max = 1.0;
    std::string kind = "sequential";
  };
  std::string x;
  std::string y;
  std::vector<std::string> columns = {};
  std::vector<std::string> rows = {};
  std::vector<Value> cells = {};
  Scale scale = {};
};

struct IntervalChart {
  struct Row {
    std::string label;
    std::string group;
    double value = no_number;
    double low = no_number;
    double high = no_number;
    std::string text;
    std::string tone = "neutral";
  };
  struct Reference {
    double x = no_number;  ///< NaN for none
    std::string label = {};
  };
  ChartAxis x;
  std::vector<Row> rows = {};
  Reference reference = {};
};

struct TornadoChart {
  struct Row {
    std::string label;
    double low = no_number;
    double high = no_number;
    std::string low_label;
    std::string high_label;
    std::string text;
  };
  ChartAxis x;
  double base = 0.0;
  std::string base_label = {};
  std::vector<Row> rows = {};
};

struct FrontierChart {
  struct Point {
    std::string label;
    double x = no_number;
    double y = no_number;
    double x_low = no_number;
    double x_high = no_number;
    double y_low = no_number;
    double y_high = no_number;
    bool best = false;
  };
  ChartAxis x;
  ChartAxis y;
  std::string better_x = "down";
  std::string better_y = "up";
  std::vector<Point> points = {};
};

using Drawing =
    std::variant<FlowChart, CurveChart, StackChart, HeatmapChart, IntervalChart, TornadoChart, FrontierChart>;

struct Chart {
  std::string id;
  std::string finding;      ///< the title: what is to be seen, a sentence
  std::string description;  ///< text alternative
  std::string n;
  std::string source;
  std::string note = {};
  Drawing drawing = {};
  ReportTable table = {};
};

struct TextBlock {
  std::vector<std::string> paragraphs;
};
struct DefinitionsBlock {
  std::vector<std::pair<std::string, std::string>> items;
};
struct CodeBlock {
  std::string language;
  std::string text;
  std::string caption;
};
struct Block;
struct DetailsBlock {
  std::string summary;
  std::vector<Block> blocks;
};
struct Block {
  std::variant<TextBlock, DefinitionsBlock, CodeBlock, ReportTable, Chart, DetailsBlock> content;
};

struct Section {
  std::string id;
  std::string title;
  std::string lead = {};
  std::vector<Block> blocks = {};

  template <class Content>
  void add(Content content) {
    blocks.push_back(Block{std::move(content)});
  }
};

struct AnswerFigure {
  std::string label;
  std::string text;
  std::string n;
  double value = no_number;
  double low = no_number;
  double high = no_number;
  std::string unit;
  std::string tone = "neutral";
  std::string target = {};
};

struct Answer {
  std::string sentence;
  std::vector<std::string> sentences = {};
  std::vector<AnswerFigure> figures = {};
  std::vector<std::string> warnings = {};
};

struct ReportDocument {
  std::string kind;
  std::string title;
  std::string description = {};
  std::vector<std::string> facts = {};
  std::string created = {};
  std::string program = {};
  Answer answer = {};
  std::vector<Section> sections = {};
};

/// The document as `peercap-report/1`.
[[nodiscard]] std::string document_json(const ReportDocument& document);

}  // namespace peercap::app
