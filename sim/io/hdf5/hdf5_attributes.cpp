#include "sim/io/hdf5/hdf5_attributes.h"

#include <algorithm>

#include "sim/observe/content_digest.h"

namespace peercap {
namespace {

void write_attribute(hid_t object, const std::string& name, hid_t file_type, hid_t memory_type, hid_t space,
                     const void* values) {
  Hdf5Attribute attribute{H5Acreate2(object, name.c_str(), file_type, space, H5P_DEFAULT, H5P_DEFAULT),
                          "create attribute", name};
  hdf5_check(H5Awrite(attribute.id(), memory_type, values), "write attribute", name);
  attribute.close("close an attribute");
}

Hdf5Space make_attribute_space(AttributeForm form) {
  constexpr hsize_t one = 1;
  return {form == AttributeForm::scalar ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &one, nullptr),
          "create a dataspace"};
}

std::string read_variable_length_text(hid_t attribute, const std::string& name) {
  const Hdf5Type type = make_text_type();
  char* text = nullptr;
  hdf5_check(H5Aread(attribute, type.id(), static_cast<void*>(&text)), "read attribute", name);
  const std::string copy = text == nullptr ? "" : text;
  H5free_memory(text);
  return copy;
}

std::string read_fixed_length_text(hid_t attribute, hid_t type, const std::string& name) {
  std::string text(H5Tget_size(type), '\0');
  hdf5_check(H5Aread(attribute, type, text.data()), "read attribute", name);
  text.resize(std::min(text.find('\0'), text.size()));
  return text;
}

}  // namespace

Hdf5Type make_text_type() {
  Hdf5Type type{H5Tcopy(H5T_C_S1), "make a text type"};
  hdf5_check(H5Tset_size(type.id(), H5T_VARIABLE), "make a text type");
  hdf5_check(H5Tset_cset(type.id(), H5T_CSET_UTF8), "make a text type");
  return type;
}

void write_text_attribute(hid_t object, const std::string& name, std::string_view value) {
  const Hdf5Type type = make_text_type();
  const Hdf5Space space = make_attribute_space(AttributeForm::scalar);
  const std::string stored = storable_text(value);
  const char* text = stored.c_str();
  write_attribute(object, name, type.id(), type.id(), space.id(), static_cast<const void*>(&text));
}

void write_texts_attribute(hid_t object, const std::string& name, const std::vector<std::string>& values) {
  const Hdf5Type type = make_text_type();
  const hsize_t count = values.size();
  const Hdf5Space space{H5Screate_simple(1, &count, nullptr), "create a dataspace"};
  std::vector<std::string> stored;
  std::vector<const char*> texts;
  for (const std::string& value : values) stored.push_back(storable_text(value));
  for (const std::string& value : stored) texts.push_back(value.c_str());
  texts.reserve(1);  // so that there is something to point at
  write_attribute(object, name, type.id(), type.id(), space.id(), static_cast<const void*>(texts.data()));
}

void write_number_attribute(hid_t object, const std::string& name, double value, AttributeForm form) {
  const Hdf5Space space = make_attribute_space(form);
  write_attribute(object, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, space.id(), &value);
}

void write_integer_attribute(hid_t object, const std::string& name, std::int64_t value) {
  const Hdf5Space space = make_attribute_space(AttributeForm::scalar);
  write_attribute(object, name, H5T_STD_I64LE, H5T_NATIVE_INT64, space.id(), &value);
}

std::optional<std::variant<std::string, std::int64_t, double>> read_attribute(hid_t object,
                                                                              const std::string& name) {
  if (hdf5_check(H5Aexists(object, name.c_str()), "look for attribute", name) == 0) return std::nullopt;
  const Hdf5Attribute attribute{H5Aopen(object, name.c_str(), H5P_DEFAULT), "open attribute", name};
  const Hdf5Space space{H5Aget_space(attribute.id()), "read attribute", name};
  if (H5Sget_simple_extent_npoints(space.id()) != 1) return std::nullopt;
  const Hdf5Type type{H5Aget_type(attribute.id()), "read attribute", name};
  switch (H5Tget_class(type.id())) {
    case H5T_STRING:
      if (H5Tis_variable_str(type.id()) > 0) return read_variable_length_text(attribute.id(), name);
      return read_fixed_length_text(attribute.id(), type.id(), name);
    case H5T_INTEGER: {
      std::int64_t value = 0;
      hdf5_check(H5Aread(attribute.id(), H5T_NATIVE_INT64, &value), "read attribute", name);
      return value;
    }
    case H5T_FLOAT: {
      double value = 0;
      hdf5_check(H5Aread(attribute.id(), H5T_NATIVE_DOUBLE, &value), "read attribute", name);
      return value;
    }
    default:
      return std::nullopt;
  }
}

std::optional<std::string> read_text_attribute(hid_t object, const std::string& name) {
  auto value = read_attribute(object, name);
  if (!value || !std::holds_alternative<std::string>(*value)) return std::nullopt;
  return std::get<std::string>(*std::move(value));
}

std::vector<std::string> attribute_names(hid_t object) {
  std::vector<std::string> names;
  const H5A_operator2_t note = [](hid_t, const char* name, const H5A_info_t*, void* data) -> herr_t {
    static_cast<std::vector<std::string>*>(data)->emplace_back(name);
    return 0;
  };
  if (H5Aiterate2(object, H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, note, &names) >= 0) return names;
  names.clear();
  H5Eclear2(H5E_DEFAULT);
  hdf5_check(H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, nullptr, note, &names), "list attributes");
  return names;
}

}  // namespace peercap
